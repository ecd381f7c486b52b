import type { Entry, Fact } from '../../../src/domain/entry.ts'
import {
  absorbDuty,
  cameAt,
  emptyDuty,
  seatFacts,
  stayOf,
  turnsOf,
  type DutyBook,
  type Turn,
} from '../../../src/domain/rules/duty/book.ts'
import { endOf, turnOf } from '../../../src/domain/rules/duty/ending.ts'
import { minutesOf } from '../../../src/domain/rules/duty/hours.ts'
import { seatsOf } from '../../../src/domain/rules/duty/seats.ts'
import type { EntryRow } from '../../../src/server/storage/rows.ts'
import type { Findings } from './judge.ts'

/** What a duty logbook comes to: who has which turn, and who was where for how long. One line each, by fact. */
export type DutySum = ReadonlyMap<string, string>

function bookOf(facts: readonly Fact[]): DutyBook {
  const book = emptyDuty()
  absorbDuty(book, facts)
  return book
}

function turnLine(book: DutyBook, turn: Turn): string {
  const { post, starts, ends, heads } = turn.body
  const { holders, waiting } = seatsOf(turn, seatFacts(book, turn.fact.id))
  const named = (seats: typeof holders) => seats.map((seat) => `${seat.member} ${seat.leads}`)
  return JSON.stringify({ post, starts, ends, heads, holders: named(holders), waiting: named(waiting) })
}

function stayLine(book: DutyBook, id: string, now: number): string {
  const stay = stayOf(book, id)
  if (!stay) return 'taken back'
  const turn = turnOf(book, stay)
  const hours = minutesOf(stay, turn, now)
  return JSON.stringify({ came: cameAt(stay), end: endOf(stay, turn, now), ...hours })
}

function sumOf(facts: readonly Fact[], now: number): DutySum {
  const book = bookOf(facts)
  const turns = turnsOf(book).map((turn): [string, string] => [turn.fact.id, turnLine(book, turn)])
  const stays = [...book.stays.keys()].map((id): [string, string] => [id, stayLine(book, id, now)])
  const units = [...book.units].map(([id, { body, retracted }]): [string, string] => [
    id,
    `${body.heads} ${body.names.length} ${body.came} ${retracted}`,
  ])
  return new Map([...turns, ...stays, ...units])
}

/** A row as the centre itself would read it. */
export function centreFact(row: EntryRow): Fact {
  const { id, kind, v, logbook, at, by, body } = JSON.parse(row.line ?? '{}') as Entry
  const place = { seq: row.seq, flags: [], state: 'sent' as const, mine: false }
  return { id, kind, v, logbook, at: row.at, deviceAt: at, by, body, ...place }
}

/** The fold over the duty logbook comes to the same on a phone as at the centre, turn by turn and stay by stay. */
export function judgeDuty(
  name: string,
  facts: readonly Fact[],
  rows: readonly EntryRow[],
  now: number,
): Findings {
  const mine = sumOf(facts, now)
  const centre = sumOf(rows.map(centreFact), now)
  const undecided = facts.filter((fact) => fact.kind === 'claim' && fact.seq === null)
  return [
    ...undecided.map(({ id }) => `${name} was never told about its claim ${id}`),
    ...[...centre]
      .filter(([id, line]) => mine.get(id) !== line)
      .map(([id, line]) => `${name} differs on duty ${id}: ${mine.get(id)}, the centre has ${line}`),
  ]
}

/**
 * What was saved with one tap came whole, also where the app died before it could say so: the place first, then the
 * coming. `aside`: lines that the centre has put aside.
 */
export function judgePairs(rows: readonly EntryRow[], aside: readonly string[]): Findings {
  const stored = rows.map((row) => ({ seq: row.seq, entry: JSON.parse(row.line ?? '{}') as Entry }))
  const kept = aside.map((line) => ({ seq: null, entry: JSON.parse(line) as Entry }))
  const pairs = Map.groupBy([...stored, ...kept], ({ entry }) => String(entry.body['pair'] ?? ''))
  pairs.delete('')
  return [...pairs].flatMap(([name, halves]) => {
    const [claims, stays] = ['claim', 'checkIn'].map((kind) =>
      halves.filter((one) => one.entry.kind === kind),
    )
    const [taken, came] = [claims?.[0]?.seq ?? null, stays?.[0]?.seq ?? null]
    return [
      ...(claims?.length && stays?.length ? [] : [`only one of two that were saved with one tap: ${name}`]),
      ...(taken !== null && came !== null && taken > came
        ? [`came before the place was taken: ${name}`]
        : []),
    ]
  })
}

/** At the centre nobody stands on a turn beyond its places, and nobody twice. */
export function judgeCapacity(rows: readonly EntryRow[]): Findings {
  const book = bookOf(rows.map(centreFact))
  return turnsOf(book).flatMap((turn) => {
    const { holders, waiting } = seatsOf(turn, seatFacts(book, turn.fact.id))
    const people = [...holders, ...waiting].map((seat) => seat.member)
    return [
      ...(holders.length > turn.body.heads ? [`too many on turn ${turn.fact.id}: ${holders.length}`] : []),
      ...(new Set(people).size < people.length ? [`somebody has turn ${turn.fact.id} twice`] : []),
      ...(holders.length < turn.body.heads && waiting.length > 0
        ? [`turn ${turn.fact.id} has room and somebody waits`]
        : []),
    ]
  })
}
