import * as v from 'valibot'
import { defineKind } from '../kind.ts'
import { maskName } from '../masks.ts'
import { id, line, name, note, time } from './shapes.ts'

/**
 * What was read or done to sign somebody in: the post's rotating code, its printed code (by camera or picture), the
 * short code typed, the person's own card read at a station, a leader or a peer for somebody else, by hand at the
 * desk, or a row of a paper sheet.
 */
export const checkInWays = [
  'rotating',
  'printed',
  'typed',
  'card',
  'leader',
  'peer',
  'hand',
  'paper',
] as const
/** Position beside the post's, as evidence only: `unknown` where it is not known well enough. */
export const positionFindings = ['inside', 'outside', 'unknown'] as const

/** Somebody is at a post. Never refused: what speaks against it is worked out from it, not in place of it. */
export const CheckIn = v.looseObject({
  post: id,
  /** Who it is; absent for somebody who is no member. */
  member: v.optional(id),
  /** Absent where whoever signed a member in knows only their masked name: readers look it up by the member. */
  name: v.optional(name),
  unit: v.optional(id),
  /** The turn that it was understood as; absent = unplanned. */
  shift: v.optional(id),
  way: v.picklist(checkInWays),
  /** The rotating code or the card's text as read, so that anybody can verify it again. */
  proof: v.optional(line(600)),
  position: v.optional(v.picklist(positionFindings)),
  /** Whose turn is taken over. */
  instead: v.optional(id),
  /** Where the real arrival was another moment than the saving of the entry: corrected time, ms. */
  came: v.optional(time),
  note: v.optional(note),
})
export type CheckIn = v.InferOutput<typeof CheckIn>

export const checkIn = defineKind<CheckIn>({
  name: 'checkIn',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  ordered: true,
  body: CheckIn,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: ({ note: _note, proof, ...body }) => ({
    ...body,
    ...(body.name === undefined ? {} : { name: maskName(body.name) }),
    // A post's code names nobody; a card has the whole name on it.
    ...(proof === undefined || body.way === 'card' ? {} : { proof }),
  }),
  keptDays: { phone: 35, centre: null },
  tally: () => [{ metric: 'checkIn', by: 1 }],
  post: (body) => body.post,
})
