import * as v from 'valibot'
import type { MemberId, RecordId } from '../../../../domain/ids.ts'
import { Unit } from '../../../../domain/kinds/unit.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { patchOf } from '../shared/patch.ts'

export interface UnitFields {
  type: Unit['type']
  name: string
  /** '' = stands for itself. */
  parent: RecordId
  leads: readonly MemberId[]
  members: readonly MemberId[]
  contact: string
  phone: string
  daily: boolean
  heads: string
}

const fields = ['type', 'name', 'parent', 'leads', 'members', 'contact', 'phone', 'daily', 'heads'] as const

export const unitFields = (unit: Unit | null): UnitFields => ({
  type: unit?.type ?? 'agency',
  name: unit?.name ?? '',
  parent: unit?.parent ?? '',
  leads: unit?.leads ?? [],
  members: unit?.members ?? [],
  contact: unit?.contact ?? '',
  phone: unit?.phone ?? '',
  daily: unit?.daily ?? false,
  heads: unit?.heads === undefined ? '' : String(unit.heads),
})

export type UnitRead =
  | { ok: true; value: Record<string, unknown> }
  | { ok: false; errors: Partial<Record<keyof UnitFields, TextKey>> }

/** A unit as typed, judged by the unit's own schema. Empty fields are left out. */
export function readUnit(typed: UnitFields): UnitRead {
  const heads = typed.heads.trim()
  const body = {
    type: typed.type,
    name: typed.name.trim(),
    daily: typed.daily,
    ...(typed.parent === '' ? {} : { parent: typed.parent }),
    ...(typed.leads.length > 0 ? { leads: [...typed.leads] } : {}),
    ...(typed.members.length > 0 ? { members: [...typed.members] } : {}),
    ...(typed.contact.trim() === '' ? {} : { contact: typed.contact.trim() }),
    ...(typed.phone.trim() === '' ? {} : { phone: typed.phone.trim() }),
    ...(heads === '' ? {} : { heads: Number(heads) }),
  }
  const issues = v.safeParse(Unit, body).issues ?? []
  const wrong = issues.map((issue) => String(issue.path?.[0]?.key))
  const errors: Partial<Record<keyof UnitFields, TextKey>> = {}
  if (wrong.includes('name')) errors.name = body.name === '' ? 'common.required' : 'desk.tooLong'
  if (wrong.includes('heads')) errors.heads = 'units.wrongHeads'
  if (wrong.includes('phone')) errors.phone = 'desk.tooLong'
  if (wrong.includes('contact')) errors.contact = 'desk.tooLong'
  return wrong.length > 0 ? { ok: false, errors } : { ok: true, value: body }
}

/** The whole unit where it is new, else what changed. */
export const unitPatch = (before: Unit | null, after: Record<string, unknown>): Record<string, unknown> =>
  before ? patchOf({ ...before }, after, fields) : after
