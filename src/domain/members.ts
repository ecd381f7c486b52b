import * as v from 'valibot'
import type { PlaceId } from './ids.ts'

export const roles = ['volunteer', 'guard', 'gridWorker', 'coordinator', 'supervisor'] as const
export type Role = (typeof roles)[number]

/** A role held at a place; it reaches everything below that place. */
export const Grant = v.object({ role: v.picklist(roles), place: v.pipe(v.string(), v.uuid()) })
export type Grant = { role: Role; place: PlaceId }
