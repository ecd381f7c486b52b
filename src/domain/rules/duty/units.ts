import type { EntryId, MemberId, RecordId } from '../../ids.ts'
import type { Unit } from '../../kinds/unit.ts'
import type { UnitSignIn } from '../../kinds/unitSignIn.ts'
import { dayBefore } from '../boardDays.ts'
import type { Noted, Stay } from './book.ts'
import { cameAt } from './book.ts'

export interface UnitDoc {
  id: RecordId
  body: Unit
}

export type SignIn = Noted<UnitSignIn>

/** When a group came: as said where it was said, else when the entry was saved. Corrected time, ms. */
export const signedAt = ({ fact, body }: SignIn): number => body.came ?? fact.at

/** What a unit brought in one span. Heads without names stay apart from named people; nothing adds them up. */
export interface Brought {
  heads: number
  /** Names in sign-ins, each member once. */
  named: number
  signIns: readonly SignIn[]
}

const nameKeys = ({ fact, body }: SignIn): string[] =>
  body.names.map((person, index) => person.member ?? `${fact.id} ${index}`)

export function broughtBy(signIns: readonly SignIn[]): Brought {
  return {
    heads: signIns.reduce((sum, { body }) => sum + body.heads, 0),
    named: new Set(signIns.flatMap(nameKeys)).size,
    signIns,
  }
}

/** Days back from the day that begins at `today`, the oldest first, each [from, to) in ms. */
export function daysBack(today: number, tomorrow: number, count: number, zone: string) {
  const days = [{ from: today, to: tomorrow }]
  while (days.length < count) {
    const to = days[0]?.from ?? today
    days.unshift({ from: dayBefore(to, zone), to })
  }
  return days
}

export interface UnitDay {
  from: number
  /** Null: nobody signed the unit in. */
  brought: Brought | null
}

export interface UnitRow {
  unit: UnitDoc
  days: readonly UnitDay[]
  /** Daily units only: came on each of the days; null where that is not asked of it. */
  everyDay: boolean | null
  /** Daily, and nobody has signed it in today yet. */
  missingToday: boolean
  /** Heads and names of today against what it has promised. */
  promised: number | null
}

const inDay = (signIns: readonly SignIn[], { from, to }: { from: number; to: number }): SignIn[] =>
  signIns.filter((signIn) => signedAt(signIn) >= from && signedAt(signIn) < to)

function rowOf(
  unit: UnitDoc,
  signIns: readonly SignIn[],
  spans: readonly { from: number; to: number }[],
): UnitRow {
  const days = spans.map((span): UnitDay => {
    const found = inDay(signIns, span)
    return { from: span.from, brought: found.length > 0 ? broughtBy(found) : null }
  })
  const daily = unit.body.daily === true
  return {
    unit,
    days,
    everyDay: daily ? days.every(({ brought }) => brought !== null) : null,
    missingToday: daily && days.at(-1)?.brought === null,
    promised: unit.body.heads ?? null,
  }
}

/**
 * Who has come every day and who is missing today, for days in order with today last. A team's sign-in also counts
 * for the unit that it belongs to. Missing ones come first.
 */
export function unitRows(
  units: readonly UnitDoc[],
  signIns: Iterable<SignIn>,
  days: readonly { from: number; to: number }[],
): UnitRow[] {
  const known = new Map(units.map((unit) => [unit.id, unit]))
  const byUnit = new Map<RecordId, SignIn[]>()
  for (const signIn of signIns) {
    if (signIn.retracted) continue
    for (const id of withParent(known, signIn.body.unit)) byUnit.set(id, [...(byUnit.get(id) ?? []), signIn])
  }
  return units
    .map((unit) => rowOf(unit, byUnit.get(unit.id) ?? [], days))
    .sort((a, b) => Number(b.missingToday) - Number(a.missingToday))
}

/** The unit and the one that it is a team of. One level: a team has no teams. */
function withParent(units: ReadonlyMap<RecordId, UnitDoc>, id: RecordId): RecordId[] {
  const parent = units.get(id)?.body.parent
  return parent !== undefined && parent !== id ? [id, parent] : [id]
}

/** Named people of a unit who checked in themselves: as said at check-in, else by its list of members. */
export function unitOf(stay: Stay, byMember: ReadonlyMap<MemberId, RecordId>): RecordId | undefined {
  const { unit, member } = stay.body
  return unit ?? (member === undefined ? undefined : byMember.get(member))
}

/** Whose list a member stands in; a team's list goes before its unit's. */
export function membersOfUnits(units: readonly UnitDoc[]): Map<MemberId, RecordId> {
  const teamsLast = [...units].sort((a, b) => Number(Boolean(a.body.parent)) - Number(Boolean(b.body.parent)))
  return new Map(
    teamsLast.flatMap(({ id, body }) => (body.members ?? []).map((member) => [member, id] as const)),
  )
}

/** Check-ins of a span by unit: who of each came on their own. */
export function cameByUnit(
  stays: Iterable<Stay>,
  units: readonly UnitDoc[],
  { from, to }: { from: number; to: number },
): Map<RecordId, EntryId[]> {
  const byMember = membersOfUnits(units)
  const known = new Map(units.map((unit) => [unit.id, unit]))
  const found = new Map<RecordId, EntryId[]>()
  for (const stay of stays) {
    const unit = cameAt(stay) >= from && cameAt(stay) < to ? unitOf(stay, byMember) : undefined
    if (unit === undefined) continue
    for (const id of withParent(known, unit)) found.set(id, [...(found.get(id) ?? []), stay.fact.id])
  }
  return found
}
