import type { PostId } from '../../../../domain/ids.ts'
import { gateFigures, postOf, whats, type GateFigures, type What } from '../../../../domain/rules/board.ts'
import { sumBars } from '../../../../domain/rules/boardHours.ts'
import { byNeed, needOf, type Need } from '../../../../domain/rules/boardNeed.ts'
import { since, type Ledger } from '../../../../domain/rules/ledger.ts'
import type { Logged } from '../../../../domain/rules/logged.ts'
import { isOver, stayOf } from '../../../../domain/rules/overstay.ts'
import { isResident, type Party } from '../../../../domain/rules/presenceGroup.ts'
import type { InstallInfo } from '../../../sync/calls.ts'
import { heardFrom } from '../people/installs.ts'
import type { Gate } from '../shared/town.ts'

export interface Inside {
  people: number
  /** Of these, who does not live here. */
  callers: number
  vehicles: number
  overstays: number
}

export interface GateRow {
  gate: Gate
  figures: GateFigures
  inside: Inside
  need: Need
}

export interface BoardInput {
  gates: readonly Gate[]
  books: ReadonlyMap<string, Ledger>
  installs: readonly InstallInfo[]
  /** Who looks: a coordinator's own phone says nothing about a gate's. */
  member: string
  now: number
  zone: string
  /** Yesterday's local midnight, ms. */
  from: number
}

/** Is a party counted at this gate? It is counted where it came in first. */
export const cameInAt = (party: Party, post: PostId): boolean => party.gates[0] === post

function insideOf(gate: Gate, parties: readonly Party[], now: number): Inside {
  const mine = parties.filter((party) => cameInAt(party, gate.id))
  const heads = (some: readonly Party[]) => some.reduce((sum, party) => sum + party.heads, 0)
  const people = mine.filter((party) => party.subject === 'person')
  return {
    people: heads(people),
    callers: heads(people.filter((party) => !isResident(party.passage))),
    vehicles: mine.length - people.length,
    overstays: mine.filter((party) => isOver(stayOf(gate.settings, party, now), now)).length,
  }
}

function byPost(input: BoardInput): Map<PostId, Logged[]> {
  const found = new Map<PostId, Logged[]>()
  for (const ledger of input.books.values())
    for (const logged of since(ledger, input.from)) {
      const post = postOf(logged) ?? ''
      const list = found.get(post)
      if (list) list.push(logged)
      else found.set(post, [logged])
    }
  return found
}

function rowOf(gate: Gate, items: readonly Logged[], input: BoardInput): GateRow {
  const { now, zone, member, installs } = input
  const { opens, closes } = gate.settings
  const authors = new Set(items.map((item) => item.fact.by))
  authors.delete(member)
  const figures = gateFigures({ post: gate.id, opens, closes }, items, {
    now,
    zone,
    heardAt: heardFrom(installs, authors),
  })
  const parties = [...(input.books.get(gate.logbook)?.presence.inside.values() ?? [])]
  const inside = insideOf(gate, parties, now)
  const need = needOf({ figures, overstays: inside.overstays, opens, closes }, now, zone)
  return { gate, figures, inside, need }
}

/** One row per gate, what needs a hand first. */
export function gateRows(input: BoardInput): GateRow[] {
  const items = byPost(input)
  return input.gates.map((gate) => rowOf(gate, items.get(gate.id) ?? [], input)).sort(byNeed)
}

export interface Totals {
  today: Record<What, number>
  yesterdayByNow: number
  inside: Inside
  silent: number
}

export function totalsOf(rows: readonly GateRow[]): Totals {
  const sum = (of: (row: GateRow) => number): number => rows.reduce((n, row) => n + of(row), 0)
  const today = Object.fromEntries(whats.map((what) => [what, sum((row) => row.figures.today[what])]))
  return {
    today: { passage: 0, fever: 0, refused: 0, vehicle: 0, ...today },
    yesterdayByNow: sum((row) => row.figures.yesterdayByNow),
    inside: {
      people: sum((row) => row.inside.people),
      callers: sum((row) => row.inside.callers),
      vehicles: sum((row) => row.inside.vehicles),
      overstays: sum((row) => row.inside.overstays),
    },
    silent: rows.filter((row) => row.need === 'silent').length,
  }
}

export const barsOf = (rows: readonly GateRow[]) => ({
  today: sumBars(rows.map((row) => row.figures.hours)),
  yesterday: sumBars(rows.map((row) => row.figures.hoursYesterday)),
})
export type SummedBar = ReturnType<typeof sumBars>[number]
