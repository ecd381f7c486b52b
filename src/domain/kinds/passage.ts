import * as v from 'valibot'
import { defineKind, type TallyMark } from '../kind.ts'
import { maskName } from '../masks.ts'
import { purposesAtGate } from './post.ts'
import { celsius, count, id, line, note } from './shapes.ts'

export const ways = ['in', 'out'] as const
export const subjects = ['person', 'vehicle'] as const
export const codes = ['green', 'yellow', 'red', 'none'] as const
export const decisions = ['admit', 'refuse'] as const
/** Why the rules advise, or the guard decided, against admitting. `other` goes with a note. */
export const reasons = ['fever', 'courier', 'hours', 'code', 'unknownVisitor', 'full', 'other'] as const

/** One person (or party) or vehicle at one gate, once. What the rules advised and what the guard did both stand. */
export const Passage = v.looseObject({
  post: id,
  way: v.picklist(ways),
  subject: v.picklist(subjects),
  /** How the guard knew who it was. */
  how: v.picklist(['scan', 'home', 'name', 'plate', 'none']),
  household: v.optional(id),
  home: v.optional(line(40)),
  /** As spoken or read; stored in full only where the gate needs it, shown masked. */
  name: v.optional(line(80)),
  plate: v.optional(line(12)),
  /** People in the party or the vehicle, at least 1; absent = 1. */
  heads: v.optional(count),
  purpose: v.optional(v.picklist(purposesAtGate)),
  celsius: v.optional(celsius),
  /** The reading that the temperature repeats, where a first one was too high. */
  repeats: v.optional(id),
  /** Colour of a health code as the guard saw it; the code itself is never read. */
  code: v.optional(v.picklist(codes)),
  decision: v.picklist(decisions),
  reason: v.optional(v.picklist(reasons)),
  /** What the rules advised at that moment; empty = nothing against it. */
  advice: v.optional(v.array(v.picklist(reasons))),
  note: v.optional(note),
})
export type Passage = v.InferOutput<typeof Passage>

const tally = (p: Passage): TallyMark[] => {
  const heads = p.subject === 'vehicle' ? 1 : (p.heads ?? 1)
  const marks: TallyMark[] = [{ metric: `${p.subject}.${p.way}.${p.decision}`, by: heads }]
  if (p.celsius !== undefined) marks.push({ metric: 'measured', by: 1 })
  if (p.reason === 'fever' || p.advice?.includes('fever')) marks.push({ metric: 'fever', by: 1 })
  return marks
}

export const passage = defineKind<Passage>({
  name: 'passage',
  version: 1,
  logbook: 'gate',
  nature: 'fact',
  body: Passage,
  lookup: [],
  write: ['guard', 'coordinator'],
  read: { guard: 'masked', coordinator: 'full' },
  mask: (body) => (body.name === undefined ? body : { ...body, name: maskName(body.name) }),
  keptDays: { phone: 3, centre: 30, fields: { celsius: 14 } },
  tally,
  post: (body) => body.post,
})
