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

/** Numbers people in the order in which they are named. */
function numbering() {
  const people = new Map<MemberId, number>()
  return {
    of(member: MemberId | undefined): number {
      if (member === undefined) return -1
      const known = people.get(member)
      if (known !== undefined) return known
      people.set(member, people.size)
      return people.size - 1
    },
    all: (): MemberId[] => [...people.keys()],
  }
}

/** Where an open check-in stands among those of its post; looked for from where the one before it stood. */
function placeOf(came: readonly Coming[], id: EntryId, from: number): number {
  for (let n = from; n < came.length; n++) if (came[n]?.id === id) return n
  return came.findIndex((one) => one.id === id)
}

/**
 * Only as much as a screen can need until the next midnight; turns that are over or later are left to the entries.
 * `isProven`: of which check-ins that was found out since their post was read. Post by post, so that whoever packs a large
 * day can pause between two.
 */
export function* packing(
  posts: ReadonlyMap<PostId, PostFacts>,
  wanted: (turn: PostTurn) => boolean,
  isProven: (checkIn: EntryId) => boolean = () => false,
): Generator<void, KeptPosts> {
  const all = [...posts.values()]
  const turns = all.map((facts) => facts.turns.filter(wanted))
  const comings = all.reduce((sum, { came }) => sum + came.length, 0)
  const opens = all.reduce((sum, { open }) => sum + open.length, 0)
  const ids: string[] = []
  const [at, marks] = [new Float64Array(comings), new Uint8Array(comings)]
  const [open, ends] = [new Int32Array(opens * openWidth), new Float64Array(opens * endsWidth)]
  const people = numbering()
  let [coming, present] = [0, 0]
  for (const facts of all) {
    yield
    ids.push(facts.came.map(({ id }) => id).join(''))
    for (const { id, at: cameAt, confirmed, proven } of facts.came) {
      at[coming] = cameAt
      marks[coming] = (confirmed ? confirmedMark : 0) | (proven || isProven(id) ? provenMark : 0)
      coming += 1
    }
    let place = -1
    for (const { id, member, by, ends: over, closes } of facts.open) {
      place = placeOf(facts.came, id, place + 1)
      open.set([place, people.of(member), people.of(by)], present * openWidth)
      ends.set([over ?? NaN, closes], present * endsWidth)
      present += 1
    }
  }
  return {
    posts: [...posts.keys()],
    counts: Int32Array.from(
      all.flatMap(({ came, open: there }, n) => [turns[n]?.length ?? 0, came.length, there.length]),
    ),
    lastAt: Float64Array.from(all, ({ lastAt }) => lastAt),
    turns: turns.flat(),
    ids: ids.join(''),
    ...{ at, marks, open, ends },
    people: people.all(),
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
export function provenIds({ ids, marks }: KeptPosts): EntryId[] {
  const width = ids.length / marks.length
  const proven: EntryId[] = []
  for (let n = 0; n < marks.length; n++)
    if (((marks[n] ?? 0) & provenMark) !== 0) proven.push(ids.slice(n * width, (n + 1) * width))
  return proven
}
