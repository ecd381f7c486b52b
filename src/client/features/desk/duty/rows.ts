import type { Doc } from '../../../../domain/entry.ts'
import type { InstallId, PlaceId, PostId } from '../../../../domain/ids.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import {
  byCover,
  coverageOf,
  serving,
  type CoveredPost,
  type Coverage,
  type CoverMoment,
} from '../../../../domain/rules/duty/coverage.ts'
import {
  factsOf,
  type Coming,
  type PostBook,
  type PostFacts,
} from '../../../../domain/rules/duty/postBook.ts'
import type { PostFigures } from '../../../../domain/rules/duty/rollUp.ts'
import type { Pause } from '../../../platform/breath.ts'
import { latestHeard, type Heard } from './heard.ts'

/** One post of the board; every figure is the length of a list that stands here too. */
export interface PostRow {
  post: PostId
  place: PlaceId
  name: string
  doc: Doc<Post>
  facts: PostFacts
  coverage: Coverage
  /** Check-ins of today, and of yesterday until the same time of the day. */
  came: readonly Coming[]
  cameYesterday: readonly Coming[]
  unconfirmed: readonly Coming[]
}

export interface RowsInput {
  book: PostBook
  posts: readonly Doc<Post>[]
  stations: ReadonlyMap<PostId, readonly InstallId[]>
  heard: Heard
  /** Corrected time, ms; the days begin at local midnight. */
  now: number
  zone: string
  today: number
  yesterday: number
  /** The same time of yesterday, ms. */
  nowYesterday: number
}

/** A gate's hours stand with its rules. */
export const hoursOf = ({ body }: Doc<Post>): CoveredPost => ({
  opens: body.opens ?? body.gate?.opens,
  closes: body.closes ?? body.gate?.closes,
  heads: body.heads,
})

function momentOf({ heard, stations, now, zone }: RowsInput, post: PostId, facts: PostFacts): CoverMoment {
  const here = stations.get(post) ?? []
  const heardAt = latestHeard(heard, serving(facts, now), here)
  return { now, zone, heardAt, hasStation: here.length > 0 }
}

function rowOf(input: RowsInput, doc: Doc<Post>, facts: PostFacts): PostRow {
  const { today, yesterday, nowYesterday } = input
  const within = (from: number, to: number) => facts.came.filter(({ at }) => at >= from && at < to)
  const came = within(today, Infinity)
  return {
    post: doc.id,
    place: doc.body.place,
    name: doc.body.name,
    doc,
    facts,
    coverage: coverageOf(hoursOf(doc), facts, momentOf(input, doc.id, facts)),
    came,
    cameYesterday: within(yesterday, nowYesterday),
    unconfirmed: came.filter(({ confirmed }) => !confirmed),
  }
}

export interface Rows {
  /** The rows, what needs a hand first. */
  make(input: RowsInput): PostRow[]
  /** Reckons them piece by piece before they are asked for, so that then it takes no long task. */
  prepare(input: RowsInput, pause: Pause): Promise<void>
}

interface Reckoned {
  input: RowsInput
  row: PostRow
}

const isSame = (a: RowsInput, b: RowsInput): boolean =>
  a.now === b.now && a.heard === b.heard && a.stations === b.stations && a.today === b.today

/**
 * Remembers the rows: when an entry arrives only its post is reckoned anew, and the others are the same objects as before,
 * so that nothing of them is drawn again.
 */
export function createRows(): Rows {
  const kept = new Map<PostId, Reckoned>()
  const prepared = new Map<PostId, Reckoned>()
  function rowFor(input: RowsInput, doc: Doc<Post>, places: readonly Map<PostId, Reckoned>[]): Reckoned {
    const facts = factsOf(input.book, doc.id)
    for (const place of places) {
      const known = place.get(doc.id)
      if (known?.row.facts === facts && known.row.doc === doc && isSame(known.input, input)) return known
    }
    return { input, row: rowOf(input, doc, facts) }
  }
  return {
    make(input) {
      const rows = input.posts.map((doc) => {
        const one = rowFor(input, doc, [kept, prepared])
        kept.set(doc.id, one)
        return one.row
      })
      return rows.sort(byCover)
    },
    async prepare(input, pause) {
      prepared.clear()
      for (const doc of input.posts) {
        if (pause.isDue()) await pause.take()
        prepared.set(doc.id, rowFor(input, doc, [kept]))
      }
    },
  }
}

/** What a post adds to the places above it. */
export const figuresOf = ({ place, coverage, came, cameYesterday, unconfirmed }: PostRow) =>
  ({
    place,
    cover: coverage.cover,
    needed: coverage.needed,
    here: coverage.here.length,
    late: coverage.late.length,
    leaving: coverage.leaving.length,
    came: came.length,
    cameYesterday: cameYesterday.length,
    unconfirmed: unconfirmed.length,
    forgotten: coverage.forgotten.length,
  }) satisfies PostFigures & { place: PlaceId }
