import type { EntryId, MemberId, PostId } from '../../ids.ts'
import type { Fact } from '../../entry.ts'
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
import { turnOf } from './ending.ts'
import { seatsOf, type Seats } from './seats.ts'
import { isConfirmed, strengthOf } from './strength.ts'

/**
 * A duty book sorted by post, for a board that has hundreds of them: what arrives makes only its own posts be read
 * again. Changed in place by `absorbPosts`.
 */
export interface PostBook {
  book: DutyBook
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
}

/** What is known of a post, whatever the time is. */
export interface PostFacts {
  turns: readonly { turn: Turn; seats: Seats }[]
  /** Nobody checked out yet: some have gone without saying so. */
  open: readonly { stay: Stay; turn: Turn | undefined }[]
  came: readonly Coming[]
  /** Who came or was taken over, by turn: neither is late. */
  served: ReadonlySet<string>
  /** Whose phones have written here. */
  authors: ReadonlySet<MemberId>
  /** When the last entry was made, corrected ms; -Infinity = none. */
  lastAt: number
}

export const emptyPosts = (): PostBook => ({
  book: emptyDuty(),
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

const servedKey = (turn: EntryId, member: MemberId): string => `${turn} ${member}`

/** Has somebody come for a turn, or did another take it over? */
export const hasServed = (facts: PostFacts, turn: EntryId, member: MemberId): boolean =>
  facts.served.has(servedKey(turn, member))

function servedBy(stays: readonly Stay[]): Set<string> {
  const served = new Set<string>()
  for (const { body } of stays) {
    if (body.shift === undefined) continue
    for (const member of [body.member, body.instead])
      if (member !== undefined) served.add(servedKey(body.shift, member))
  }
  return served
}

const lastOf = (stays: readonly Stay[]): number =>
  stays.reduce(
    (last, { fact, outs }) => Math.max(last, fact.at, ...outs.map((out) => out.fact.at)),
    -Infinity,
  )

/** What is known of a post; read again only when something new has come for it. */
export function factsOf(posts: PostBook, post: PostId): PostFacts {
  const known = posts.read.get(post)
  if (known) return known
  const { book } = posts
  const stays = inOrder(
    [...(posts.stays.get(post) ?? [])].flatMap((id) => stayOf(book, id) ?? []),
    cameAt,
  )
  const turns = inOrder(
    [...(posts.turns.get(post) ?? [])].flatMap((id) => book.turns.get(id) ?? []),
    (turn) => turn.body.starts,
  )
  const facts: PostFacts = {
    turns: turns
      .filter((turn) => !turn.retracted)
      .map((turn) => ({ turn, seats: seatsOf(turn, seatFacts(book, turn.fact.id)) })),
    open: stays.filter(({ outs }) => outs.length === 0).map((stay) => ({ stay, turn: turnOf(book, stay) })),
    came: stays.map((stay) => ({
      id: stay.fact.id,
      at: cameAt(stay),
      confirmed: isConfirmed(strengthOf(stay)),
    })),
    served: servedBy(stays),
    authors: new Set(stays.map(({ fact }) => fact.by)),
    lastAt: lastOf(stays),
  }
  posts.read.set(post, facts)
  return facts
}
