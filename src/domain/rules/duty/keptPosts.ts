import type { EntryId, MemberId, PostId } from '../../ids.ts'
import type { Coming, PostFacts, PostTurn, Present } from './postBook.ts'

/**
 * What is known of posts, in columns: a day of a city district has tens of thousands of check-ins, and as many small
 * objects take longer to read than to draw. Times are corrected ms.
 */
export interface KeptPosts {
  posts: PostId[]
  /** For each post how many turns, check-ins and open ones of them stand in what follows. */
  counts: Int32Array
  lastAt: Float64Array
  turns: PostTurn[]
  /** Ids one after another, each as long as the first. */
  ids: string
  at: Float64Array
  /** 1: confirmed; 2: proven. */
  marks: Uint8Array
  /** Which check-in of the post it is, who is there, and whose phone wrote it; see `people`, -1 = nobody. */
  open: Int32Array
  /** When their turn ends (NaN = none), and when they are taken to have gone. */
  ends: Float64Array
  people: MemberId[]
}

/** Of an `open` and of an `ends` row. */
const [openWidth, endsWidth, countWidth] = [3, 2, 3]
const [confirmedMark, provenMark] = [1, 2]

function peopleOf(all: readonly PostFacts[]): Map<MemberId, number> {
  const people = new Map<MemberId, number>()
  for (const { open } of all)
    for (const { member, by } of open)
      for (const one of [member, by]) if (one !== undefined && !people.has(one)) people.set(one, people.size)
  return people
}

function packOpen({ open, came }: PostFacts, people: ReadonlyMap<MemberId, number>): number[] {
  const places = new Map(came.map(({ id }, n) => [id, n]))
  return open.flatMap(({ id, member, by }) => [
    places.get(id) ?? -1,
    member === undefined ? -1 : (people.get(member) ?? -1),
    by === undefined ? -1 : (people.get(by) ?? -1),
  ])
}

/**
 * Only as much as a screen can need until the next midnight; turns that are over or later are left to the entries.
 * `isProven`: of which check-ins that was found out since their post was read.
 */
export function packPosts(
  posts: ReadonlyMap<PostId, PostFacts>,
  wanted: (turn: PostTurn) => boolean,
  isProven: (checkIn: EntryId) => boolean = () => false,
): KeptPosts {
  const all = [...posts.values()].map((facts) => ({ ...facts, turns: facts.turns.filter(wanted) }))
  const came = all.flatMap((facts) => facts.came)
  const people = peopleOf(all)
  return {
    posts: [...posts.keys()],
    counts: Int32Array.from(
      all.flatMap((facts) => [facts.turns.length, facts.came.length, facts.open.length]),
    ),
    lastAt: Float64Array.from(all, ({ lastAt }) => lastAt),
    turns: all.flatMap(({ turns }) => turns),
    ids: came.map(({ id }) => id).join(''),
    at: Float64Array.from(came, ({ at }) => at),
    marks: Uint8Array.from(
      came,
      (one) => (one.confirmed ? confirmedMark : 0) | (one.proven || isProven(one.id) ? provenMark : 0),
    ),
    open: Int32Array.from(all.flatMap((facts) => packOpen(facts, people))),
    ends: Float64Array.from(
      all.flatMap(({ open }) => open.flatMap(({ ends, closes }) => [ends ?? NaN, closes])),
    ),
    people: [...people.keys()],
  }
}

function comingAt({ ids, at, marks }: KeptPosts, n: number): Coming {
  const width = ids.length / at.length
  const mark = marks[n] ?? 0
  return {
    id: ids.slice(n * width, (n + 1) * width),
    at: at[n] ?? 0,
    confirmed: (mark & confirmedMark) !== 0,
    proven: (mark & provenMark) !== 0,
  }
}

/** Read number by number: taking pieces of columns apart costs more than all the rest. */
function presentAt({ open, ends, people }: KeptPosts, n: number, came: readonly Coming[]): Present {
  const [at, endsAt] = [n * openWidth, n * endsWidth]
  const coming = came[open[at] ?? -1]
  const over = ends[endsAt] ?? NaN
  return {
    id: coming?.id ?? '',
    by: people[open[at + 2] ?? -1],
    member: people[open[at + 1] ?? -1],
    at: coming?.at ?? 0,
    ends: Number.isNaN(over) ? null : over,
    closes: ends[endsAt + 1] ?? 0,
  }
}

/** The same again, but for the turns that were left out. */
export function unpackPosts(kept: KeptPosts): Map<PostId, PostFacts> {
  const posts = new Map<PostId, PostFacts>()
  let [turn, coming, present] = [0, 0, 0]
  kept.posts.forEach((post, n) => {
    const [turns = 0, comings = 0, presents = 0] = kept.counts.subarray(n * countWidth, (n + 1) * countWidth)
    const came = Array.from({ length: comings }, (_, i) => comingAt(kept, coming + i))
    posts.set(post, {
      turns: kept.turns.slice(turn, turn + turns),
      came,
      open: Array.from({ length: presents }, (_, i) => presentAt(kept, present + i, came)),
      lastAt: kept.lastAt[n] ?? -Infinity,
    })
    turn += turns
    coming += comings
    present += presents
  })
  return posts
}

/** Check-ins whose code was verified and holds. */
export const provenIds = (kept: KeptPosts): EntryId[] =>
  [...kept.at.keys()].map((n) => comingAt(kept, n)).flatMap(({ id, proven }) => (proven ? id : []))
