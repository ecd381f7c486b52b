import type { EntryId, PostId } from '../ids.ts'
import type { Passage } from '../kinds/passage.ts'
import { homeKey } from '../formats/home.ts'
import { normalisePlate } from '../formats/plate.ts'
import { fold } from '../formats/text.ts'
import { maskName } from '../masks.ts'
import type { LoggedPassage } from './logged.ts'

/** Some who came in together and have not all left. */
export interface Party {
  /** The passage that brought them in. */
  id: EntryId
  subject: Passage['subject']
  /** How many of them are still inside, at least 1. */
  heads: number
  /** Corrected time of coming in, ms. */
  at: number
  /** Every gate that logged them in since they were last outside; more than one is worth a look. */
  gates: readonly PostId[]
  passage: Passage
}

export interface Group {
  key: string
  /** In order of time. */
  passages: LoggedPassage[]
  /** By the passage that brought them in, oldest first. */
  inside: Map<EntryId, Party>
  /** Heads that went out without having been logged in. */
  outWithoutIn: number
  /** Residents: those who came in less those who went out, and the highest that this ever was. */
  balance: number
  highest: number
}

export const emptyGroup = (key: string): Group => ({
  key,
  passages: [],
  inside: new Map(),
  outWithoutIn: 0,
  balance: 0,
  highest: 0,
})

/**
 * What a passage is counted with. A home is not a person: all who go to one home are one group, told apart in it
 * by name and purpose. Names are compared masked, since other phones see them so.
 */
export function groupKey(p: Pick<Passage, 'subject' | 'home' | 'name' | 'plate' | 'purpose'>): string {
  if (p.subject === 'vehicle') return p.plate ? `plate/${normalisePlate(p.plate)}` : 'vehicle'
  if (p.home) return `home/${homeKey(p.home)}`
  return p.name ? `name/${maskName(fold(p.name))}` : `person/${p.purpose ?? ''}`
}

/**
 * Could these be the same person's name? Compared as a mask shows them: a desk that sees names in full must come to
 * the same figures as a phone that does not.
 */
const sameName = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && maskName(fold(a)) === maskName(fold(b))

/** Surely the same, so that a second way in is no second one: a plate. A family shares its first character. */
const surelySame = (a: Passage, b: Passage): boolean => a.plate !== undefined && b.plate !== undefined

export const isResident = (p: Pick<Passage, 'purpose'>): boolean => (p.purpose ?? 'resident') === 'resident'

const headsOf = (p: Passage): number => (p.subject === 'vehicle' ? 1 : Math.max(1, p.heads ?? 1))

/** Is told of every change of who is inside, so that sums need no second look at a group. */
export interface Watcher {
  came: (party: Party) => void
  went: (party: Party) => void
}

function change(group: Group, watcher: Watcher, was: Party | undefined, is: Party | undefined): void {
  if (was && was.id !== is?.id) group.inside.delete(was.id)
  if (is) group.inside.set(is.id, is)
  if (was) watcher.went(was)
  if (is) watcher.came(is)
}

function enter(group: Group, { fact, body }: LoggedPassage, watcher: Watcher): void {
  const parties = body.plate === undefined ? [] : [...group.inside.values()]
  const old = parties.find((party) => surelySame(party.passage, body))
  change(group, watcher, old, {
    id: fact.id,
    subject: body.subject,
    heads: headsOf(body),
    at: fact.at,
    gates: [...new Set([...(old?.gates ?? []), body.post])],
    passage: body,
  })
}

/** How well a party fits a way out: what they came for tells more than whether they gave a name. */
const likeness = ({ passage }: Party, out: Passage): number =>
  2 * Number(passage.purpose === out.purpose) + Number(!passage.name === !out.name)

/** Could this way out be of this party, where nobody inside is called as it says? */
function mayBe({ passage }: Party, out: Passage): boolean {
  const nameless = !out.name || !passage.name
  return out.subject === 'vehicle' || (nameless && isResident(passage) === isResident(out))
}

/**
 * Whom a way out may mean, likeliest first: the name said, else the same sort of people; of these who came for the same,
 * then the oldest. So who is tapped in the list of those inside is who leaves it.
 */
function candidates(group: Group, out: Passage): Party[] {
  const parties = [...group.inside.values()]
  const called = out.name ? parties.filter((party) => sameName(party.passage.name, out.name)) : []
  const fit = called.length > 0 ? called : parties.filter((party) => mayBe(party, out))
  return fit.sort((a, b) => likeness(b, out) - likeness(a, out))
}

function leave(group: Group, { body }: LoggedPassage, watcher: Watcher): void {
  let left = headsOf(body)
  const going: [Party, number][] = []
  for (const party of candidates(group, body)) {
    const heads = Math.min(left, party.heads)
    going.push([party, party.heads - heads])
    left -= heads
    if (left === 0) break
  }
  for (const [party, heads] of going)
    change(group, watcher, party, heads > 0 ? { ...party, heads } : undefined)
  group.outWithoutIn += left
}

/** Carries one admitted passage, the newest so far, into its group. */
export function applyPassage(group: Group, logged: LoggedPassage, watcher: Watcher): void {
  const heads = headsOf(logged.body)
  const entering = logged.body.way === 'in'
  group.passages.push(logged)
  if (entering) enter(group, logged, watcher)
  else leave(group, logged, watcher)
  if (!isResident(logged.body)) return
  group.balance += entering ? heads : -heads
  group.highest = Math.max(group.highest, group.balance)
}

/**
 * How many of a household are at home, of so many who live there. Residents are taken to be at home until a
 * passage shows otherwise: one who comes in must have been out.
 */
export function atHome(group: Group | undefined, heads: number): number {
  if (!group) return heads
  const atStart = heads - Math.max(0, group.highest)
  return Math.min(heads, Math.max(0, atStart + group.balance))
}
