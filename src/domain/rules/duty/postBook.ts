import type { EntryId, MemberId, PostId } from '../../ids.ts'
import type { Fact } from '../../entry.ts'
import type { CheckIn } from '../../kinds/checkIn.ts'
import type { CheckOut } from '../../kinds/checkOut.ts'
import {
  absorbDuty,
  cameAt,
  emptyDuty,
  seatFacts,
  stayOf,
  type DutyBook,
  type Stay,
  type Turn,
} from './book.ts'
import { closingOf, turnOf } from './ending.ts'
import { dueAt } from './mine.ts'
import { seatsOf } from './seats.ts'
import { isConfirmed, strengthOf, type StrengthContext } from './strength.ts'

/**
 * A duty book sorted by post, for a board that has hundreds of them: what arrives makes only its own posts be read
 * again. Changed in place by `absorbPosts`.
 */
export interface PostBook {
  book: DutyBook
  /** By what a check-in is believed. */
  context: StrengthContext
  turns: Map<PostId, Set<EntryId>>
  stays: Map<PostId, Set<EntryId>>
  /** Under which post a turn or a stay stands now: a correction may move it. */
  home: Map<EntryId, PostId>
  /** Posts at which somebody came for a turn: most often its own. */
  usedAt: Map<EntryId, Set<PostId>>
  /** What was read of a post and still holds. */
  read: Map<PostId, PostFacts>
}

/** Somebody's coming, as far as a board counts it. */
export interface Coming {
  id: EntryId
  /** Corrected time, ms. */
  at: number
  confirmed: boolean
  /** The screen's code that was kept with it was verified again, and holds for good: a card may be made void later. */
  proven: boolean
}

/** Somebody who came and did not check out: some have gone without saying so. Corrected times, ms. */
export interface Present {
  id: EntryId
  member: MemberId | undefined
  /** Whose phone wrote it, and would tell the rest; the desk's paperwork stands at no post. */
  by: MemberId | undefined
  at: number
  /** The end of the turn that they came for; null = none. */
  ends: number | null
  /** From then on they are taken to have gone. */
  closes: number
}

/** Who has a place at a turn. `dueAt`: corrected ms. */
export interface Holder {
  id: EntryId
  member: MemberId
  name: string
  dueAt: number
}

/** A turn as far as the board of its post goes by it. */
export interface PostTurn {
  id: EntryId
  starts: number
  ends: number
  heads: number
  holders: readonly Holder[]
  /** Of all who came here for it or were taken over: none of them is late. */
  served: readonly MemberId[]
}

/** What is known of a post, whatever the time is. Plain data: it can be kept as it is. */
export interface PostFacts {
  turns: readonly PostTurn[]
  open: readonly Present[]
  /** By their time. */
  came: readonly Coming[]
  /** When the last entry was made at the post, corrected ms; -Infinity = none. */
  lastAt: number
}

export const emptyPosts = (context: StrengthContext = {}): PostBook => ({
  book: emptyDuty(),
  context,
  turns: new Map(),
  stays: new Map(),
  home: new Map(),
  usedAt: new Map(),
  read: new Map(),
})

const asText = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The turn or the stay that a fact is about: itself, or what it points at. */
function aboutOf({ id, kind, body }: Fact): EntryId {
  if (kind === 'assignment' || kind === 'claim') return asText(body['shift'])
  if (kind === 'checkOut' || kind === 'vouch') return asText(body['checkIn'])
  if (kind === 'amendment' || kind === 'shiftChange') return asText(body['target'])
  return id
}

function putUnder<V>(index: Map<string, Set<V>>, key: string, value: V): void {
  const under = index.get(key)
  if (under) under.add(value)
  else index.set(key, new Set([value]))
}

/** Puts a turn or a stay under the post where it stands now; gives the post that it stood under before. */
function settle(posts: PostBook, index: Map<PostId, Set<EntryId>>, id: EntryId, to: PostId): PostId {
  const from = posts.home.get(id) ?? to
  if (from !== to) index.get(from)?.delete(id)
  putUnder(index, to, id)
  posts.home.set(id, to)
  return from
}

/** Sorts one turn or stay under its post; gives the posts that now read otherwise. */
function sortIn(posts: PostBook, id: EntryId): PostId[] {
  const { book, usedAt } = posts
  const [turn, stay] = [book.turns.get(id), book.stays.get(id)]
  // A turn that was changed also tells when those who came for it were to leave, wherever they came.
  if (turn) return [turn.body.post, settle(posts, posts.turns, id, turn.body.post), ...(usedAt.get(id) ?? [])]
  if (!stay) return []
  const { post, shift } = stay.body
  if (shift !== undefined) putUnder(usedAt, shift, post)
  return [post, settle(posts, posts.stays, id, post)]
}

/** An amended check-out points at a fact that in turn points at a stay. */
function touchedBy({ book }: PostBook, fact: Fact): EntryId {
  const about = aboutOf(fact)
  const target = about === fact.id ? undefined : book.facts.get(about)
  return target?.kind === 'checkOut' ? aboutOf(target) : about
}

/** Takes up facts in any order, any number of times; gives the posts that they touch. */
export function absorbPosts(posts: PostBook, facts: readonly Fact[]): Set<PostId> {
  absorbDuty(posts.book, facts)
  const touched = new Set(facts.flatMap((fact) => sortIn(posts, touchedBy(posts, fact))))
  for (const post of touched) posts.read.delete(post)
  return touched
}

const inOrder = <T extends { fact: Fact }>(list: T[], at: (one: T) => number): T[] =>
  list.sort((a, b) => at(a) - at(b) || (a.fact.id < b.fact.id ? -1 : 1))

function servedBy(stays: readonly Stay[]): Map<EntryId, Set<MemberId>> {
  const served = new Map<EntryId, Set<MemberId>>()
  for (const { body } of stays) {
    if (body.shift === undefined) continue
    for (const member of [body.member, body.instead])
      if (member !== undefined) putUnder(served, body.shift, member)
  }
  return served
}

/** Written at a desk, by hand or from a sheet: it tells nothing of what the phones at the post have yet to say. */
export const isPaperwork = ({ body: { way } }: Fact<CheckIn> | Fact<CheckOut>): boolean =>
  way === 'hand' || way === 'paper'

const lastOf = (stays: readonly Stay[]): number =>
  stays
    .flatMap(({ fact, outs }) => [fact, ...outs.map((out) => out.fact)])
    .reduce((last, fact) => (isPaperwork(fact) ? last : Math.max(last, fact.at)), -Infinity)

function turnFacts(book: DutyBook, turn: Turn, served: ReadonlySet<MemberId> | undefined): PostTurn {
  const { id } = turn.fact
  const { starts, ends, heads } = turn.body
  const holders = seatsOf(turn, seatFacts(book, id)).holders.map((seat) => ({
    ...{ id: seat.fact.id, member: seat.member, name: seat.name, dueAt: dueAt(turn, seat) },
  }))
  return { id, starts, ends, heads, holders, served: [...(served ?? [])] }
}

function presentOf(book: DutyBook, stay: Stay): Present {
  const turn = turnOf(book, stay)
  const { id } = stay.fact
  const by = isPaperwork(stay.fact) ? undefined : stay.fact.by
  const ends = turn?.body.ends ?? null
  return { id, by, member: stay.body.member, at: cameAt(stay), ends, closes: closingOf(stay, turn).from }
}

export const comingOf = (stay: Stay, context: StrengthContext): Coming => ({
  id: stay.fact.id,
  at: cameAt(stay),
  confirmed: isConfirmed(strengthOf(stay, context)),
  proven: stay.fact.body.way === 'rotating' && context.proofHolds?.(stay) === true,
})

/** What facts point at that has not arrived: where it arrives, it doesn't read as it stands. */
export function looseOf({ book }: PostBook): EntryId[] {
  const stays = [...book.outs.keys(), ...book.vouches.keys()].filter((id) => !book.stays.has(id))
  return [...stays, ...[...book.corrections.keys()].filter((id) => !book.facts.has(id))]
}

/** Confirmed or not may have been found out anew: the post of this check-in is read again. */
export function forgetStay(posts: PostBook, id: EntryId): void {
  const post = posts.home.get(id)
  if (post !== undefined) posts.read.delete(post)
}

/** What is known of a post; read again only when something new has come for it. */
export function factsOf(posts: PostBook, post: PostId): PostFacts {
  const known = posts.read.get(post)
  if (known) return known
  const { book, context } = posts
  const stays = inOrder(
    [...(posts.stays.get(post) ?? [])].flatMap((id) => stayOf(book, id) ?? []),
    cameAt,
  )
  const turns = inOrder(
    [...(posts.turns.get(post) ?? [])].flatMap((id) => book.turns.get(id) ?? []),
    (turn) => turn.body.starts,
  )
  const served = servedBy(stays)
  const facts: PostFacts = {
    turns: turns
      .filter((turn) => !turn.retracted)
      .map((turn) => turnFacts(book, turn, served.get(turn.fact.id))),
    open: stays.filter(({ outs }) => outs.length === 0).map((stay) => presentOf(book, stay)),
    came: stays.map((stay) => comingOf(stay, context)),
    lastAt: lastOf(stays),
  }
  posts.read.set(post, facts)
  return facts
}
