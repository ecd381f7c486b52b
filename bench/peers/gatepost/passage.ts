import type { Draft } from '../../../src/domain/entry.ts'
import type { Passage } from '../../../src/domain/kinds/passage.ts'
import { logbookId } from '../../../src/domain/logbooks.ts'
import { firstAt, type GateEntry } from '../../lib/gate/entries.ts'

/** One compound with its four gates. */
export const compound = '01990000-0000-7000-8000-0000000000c0'
export const logbook = logbookId('gate', compound)

export const posts: Readonly<Record<GateEntry['place'], string>> = {
  'gate-north': '01990000-0000-7000-8000-0000000000a1',
  'gate-south': '01990000-0000-7000-8000-0000000000a2',
  'gate-main': '01990000-0000-7000-8000-0000000000a3',
  'gate-service': '01990000-0000-7000-8000-0000000000a4',
}

const reasons = {
  'no valid pass': 'unknownVisitor',
  'temperature above threshold': 'fever',
  'not on the list': 'other',
} as const

const dayMs = 24 * 3_600_000

/** When it happened if it is one of a backlog: within the last day, since phones let go of older passages. ms. */
export const backlogAt = (entry: GateEntry, now: number): number =>
  now - dayMs + ((entry.at - firstAt) % dayMs)

/**
 * An entry of the workload as the product's kind: nothing is left out, and what the kind has no field for travels
 * along as a field of its own, so that the product never carries less than the peers. `at`: when it happened, ms.
 */
export function draft(entry: GateEntry, at: number): Draft {
  const { subject, place, direction, decision, reason, temperature, pass, by, device, note } = entry
  const body: Passage = {
    post: posts[place],
    way: direction,
    subject: subject.type,
    how: subject.plate ? 'plate' : 'name',
    name: subject.name,
    ...(subject.plate ? { plate: subject.plate.replace(/[- ]/g, '') } : {}),
    ...(subject.unit ? { unit: subject.unit } : {}),
    celsius: temperature,
    ...(pass ? { pass } : {}),
    decision: decision === 'deny' ? 'refuse' : 'admit',
    ...(reason ? { reason: reasons[reason] } : {}),
    volunteer: by,
    device,
    note,
  }
  return { kind: 'passage', logbook, at, body: { ...body } }
}
