import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName, maskPhone } from '../masks.ts'
import { count, flag, id, line, name, note } from './shapes.ts'

/** One home and who lives in it. `home` is how people say it: building-unit-room, `3-2-501`. */
export const Household = v.looseObject({
  home: v.pipe(v.string(), v.minLength(1), v.maxLength(40)),
  building: v.optional(id),
  people: v.array(v.looseObject({ name, phone: v.optional(line(30)) })),
  /** Heads where they are known without names. */
  heads: v.optional(count),
  plates: v.optional(v.array(line(12))),
  note: v.optional(note),
  removed: v.optional(flag),
})
export type Household = v.InferOutput<typeof Household>

export const household = defineKind<Household>({
  name: 'household',
  version: 1,
  logbook: 'homes',
  nature: 'document',
  body: Household,
  lookup: ['home', 'plates'],
  write: ['coordinator', 'gridWorker'],
  read: { guard: 'masked', gridWorker: 'full', coordinator: 'full' },
  mask: ({ note: _note, ...body }) => ({
    ...body,
    people: body.people.map((p) => ({
      name: maskName(p.name),
      ...(p.phone ? { phone: maskPhone(p.phone) } : {}),
    })),
  }),
  keptDays: { phone: 3650, centre: null },
})
