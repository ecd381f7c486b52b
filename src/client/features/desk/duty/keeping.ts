import * as v from 'valibot'
import type { EntryId, LogbookId } from '../../../../domain/ids.ts'
import { packing, type KeptPosts } from '../../../../domain/rules/duty/keptPosts.ts'
import { factsOf, looseOf, type PostBook, type PostTurn } from '../../../../domain/rules/duty/postBook.ts'
import { breatheBehind, createPause } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'
import type { FollowedPosts } from './followPosts.ts'
import type { createProofs } from './proofs.ts'

/** So soon the board is kept, where it has changed, and then every so many times that. */
export const keepSoonMs = 10_000
export const keepEvery = 6
/** Raised when the same columns mean something else. */
const shape = 2
/** Turns that begin so soon after midnight may be in figures before it. */
const soonMs = 3_600_000

/** A shared phone's guard comes back from text, which knows no columns of numbers. */
const isPosts = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'counts' in value && value.counts instanceof Int32Array

const Kept = v.object({
  shape: v.literal(shape),
  today: v.number(),
  zone: v.string(),
  posts: v.custom<KeptPosts>(isPosts),
  /** See `looseOf`. */
  loose: v.array(v.string()),
})

export interface Day {
  /** Local midnights, corrected ms. */
  today: number
  tomorrow: number
  zone: string
}

export interface KeptBoard {
  posts: KeptPosts
  loose: readonly EntryId[]
  /** Up to where the logbook is known with it. */
  known: Parameters<Store['followAhead']>[1]
}

/** The board of the last time, where the phone holds the same facts as then and it is the same day. */
export async function readBoard(
  store: Store,
  logbook: LogbookId,
  { today, zone }: Day,
): Promise<KeptBoard | null> {
  const found = await store.kept(logbook).catch(() => null)
  const kept = v.safeParse(Kept, found?.what)
  if (!found || !kept.success || kept.output.today !== today || kept.output.zone !== zone) return null
  const { posts, loose } = kept.output
  return { posts, loose, known: found.known }
}

/** Lets everything else go first between two steps. */
async function inPieces<T>(steps: Generator<void, T>): Promise<T> {
  const pause = createPause(breatheBehind)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    if (pause.isDue()) await pause.take()
  }
}

interface Keeping {
  store: Store
  logbook: LogbookId
  day: Day
  book: PostBook
  followed: FollowedPosts
  proofs: Pick<ReturnType<typeof createProofs>, 'isDone' | 'isFound'>
}

/** Keeps the board for the next start. False where it is not complete, not settled, or could not be kept. */
export async function keepBoard({ store, logbook, day, book, followed, proofs }: Keeping): Promise<boolean> {
  const { today, tomorrow, zone } = day
  const known = new Set([...book.turns.keys(), ...book.stays.keys()])
  const posts = new Map([...known].map((post) => [post, factsOf(book, post)]))
  const reached = followed.reached()
  if (!reached || !proofs.isDone()) return false
  const isNear = ({ starts, ends }: PostTurn): boolean => ends > today && starts < tomorrow + soonMs
  // What was verified and holds changes no figure, so its post was not read again; it is kept all the same.
  const isProven = (id: EntryId): boolean =>
    book.book.stays.get(id)?.fact.body.way === 'rotating' && proofs.isFound(id)
  const loose = looseOf(book)
  // What is known of a post is never changed in place: what arrives from now on is kept the next time.
  const packed = await inPieces(packing(posts, isNear, isProven))
  const what = { shape, today, zone, posts: packed, loose }
  return store.keep(logbook, reached, what).then(
    () => true,
    () => false,
  )
}
