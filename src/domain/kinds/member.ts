import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName, maskPhone } from '../masks.ts'
import { Grant } from '../members.ts'
import { flag, line, name } from './shapes.ts'

export const Member = v.looseObject({
  name,
  phone: v.optional(line(30)),
  grants: v.array(Grant),
  skills: v.optional(v.array(line(40))),
  removed: v.optional(flag),
})
export type Member = v.InferOutput<typeof Member>

export const member = defineKind<Member>({
  name: 'member',
  version: 1,
  logbook: 'people',
  nature: 'document',
  body: Member,
  lookup: ['name'],
  write: ['coordinator'],
  read: { coordinator: 'full', supervisor: 'masked' },
  mask: (body) => ({
    ...body,
    name: maskName(body.name),
    ...(body.phone ? { phone: maskPhone(body.phone) } : {}),
  }),
  keptDays: { phone: 3650, centre: null },
})
