import type { Fact } from '../../../src/domain/entry.ts'

/** Facts of a gate as a phone would have them; ids are numbered so that a failing case can be read. */
export const east = '00000000-0000-7000-8000-00000000000e'
export const west = '00000000-0000-7000-8000-00000000000f'
const me = '00000000-0000-7000-8000-000000000001'

export const idOf = (n: number): string => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`

let last = 0

export function fact(kind: string, body: Record<string, unknown>, more: Partial<Fact> = {}): Fact {
  last += 1
  const at = more.at ?? last * 60_000
  return {
    id: idOf(last),
    kind,
    v: 1,
    logbook: `gate/${me}`,
    at,
    deviceAt: at,
    by: me,
    seq: last,
    flags: [],
    state: 'sent',
    mine: true,
    body,
    ...more,
  }
}

type Body = Record<string, unknown>

export const person = (way: 'in' | 'out', body: Body = {}, more: Partial<Fact> = {}): Fact =>
  fact('passage', { post: east, way, subject: 'person', how: 'home', decision: 'admit', ...body }, more)

export const vehicle = (way: 'in' | 'out', plate: string, body: Body = {}, more: Partial<Fact> = {}): Fact =>
  fact(
    'passage',
    { post: east, way, subject: 'vehicle', how: 'plate', plate, decision: 'admit', ...body },
    more,
  )

export const correction = (target: Fact, body: Body, more: Partial<Fact> = {}): Fact =>
  fact('correction', { target: target.id, ...body }, more)
