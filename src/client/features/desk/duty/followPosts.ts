import type { Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { absorbPosts, emptyPosts, type PostBook } from '../../../../domain/rules/duty/postBook.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import { breathe } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'

/** So many facts are taken up before the screen has its turn: a large day must not freeze it. */
const slice = 400

async function takeUp(book: PostBook, facts: readonly Fact[], left: () => boolean): Promise<void> {
  for (let from = 0; from < facts.length && !left(); from += slice) {
    if (from > 0) await breathe()
    absorbPosts(book, facts.slice(from, from + slice))
  }
}

type Reached = NonNullable<ReturnType<Parameters<Parameters<Store['followFacts']>[2]>[2]>>

export interface FollowedPosts {
  /** How far the book goes, where it has taken up everything that was told and nothing of it is unsettled. */
  reached(): Reached | null
  stop(): void
}

export interface FollowParts {
  store: Store
  logbook: LogbookId
  /** Corrected time from which facts are read, ms, and which of them the boards want. */
  since: number
  wants: (fact: Fact) => boolean
  context: StrengthContext
  /** The book is complete, or has changed. Half a day's figures are told to nobody. */
  told: (book: PostBook) => void
}

/** Takes up a duty logbook, as far as boards want it, and goes on with whatever comes. */
export function followPosts({ store, logbook, since, wants, context, told }: FollowParts): FollowedPosts {
  const book = emptyPosts(context)
  let [taking, left] = [0, false]
  let goes: () => Reached | null = () => null
  const tell = (): void => {
    taking -= 1
    if (taking === 0 && !left) told(book)
  }
  const stop = store.followFacts(logbook, since, (facts, _first, reached) => {
    const wanted = facts.filter(wants)
    goes = reached
    taking += 1
    // What has just arrived is on the board in the same breath.
    if (wanted.length > slice) void takeUp(book, wanted, () => left).then(tell)
    else {
      absorbPosts(book, wanted)
      tell()
    }
  })
  return {
    reached: () => (taking === 0 ? goes() : null),
    stop() {
      left = true
      stop()
    },
  }
}
