import type { Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { absorbPosts, emptyPosts, factsOf, type PostBook } from '../../../../domain/rules/duty/postBook.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import { createPause } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'

/** More facts than these are taken up piece by piece: a large day must not freeze the screen. */
const slice = 20

/** Takes up many facts, and reads the posts that they are of, so that it takes no long task to show them. */
async function takeUp(
  book: PostBook,
  facts: readonly Fact[],
  { breath, left }: { breath: () => Promise<void>; left: () => boolean },
): Promise<void> {
  const pause = createPause(breath)
  for (let from = 0; from < facts.length && !left(); from += slice) {
    if (pause.isDue()) await pause.take()
    absorbPosts(book, facts.slice(from, from + slice))
  }
  for (const post of new Set([...book.turns.keys(), ...book.stays.keys()])) {
    if (left()) return
    if (pause.isDue()) await pause.take()
    factsOf(book, post)
  }
}

type OnFacts = Parameters<Store['followFacts']>[2]
type Reached = NonNullable<ReturnType<Parameters<OnFacts>[2]>>

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
  /** Between two pieces of a large day: how the screen, or whatever else there is to do, has its turn. */
  breath: () => Promise<void>
  /** The book is complete, or has changed. Half a day's figures are told to nobody. */
  told: (book: PostBook) => void
}

/** Takes up a duty logbook, as far as boards want it, and goes on with whatever comes. */
export function followPosts({
  store,
  logbook,
  since,
  wants,
  context,
  breath,
  told,
}: FollowParts): FollowedPosts {
  const book = emptyPosts(context)
  let [taking, left] = [0, false]
  let goes: () => Reached | null = () => null
  const tell = (): void => {
    taking -= 1
    if (taking === 0 && !left) told(book)
  }
  const hear: OnFacts = (facts, _first, reached) => {
    const wanted = facts.filter(wants)
    goes = reached
    taking += 1
    // What has just arrived is on the board in the same breath.
    if (wanted.length > slice) void takeUp(book, wanted, { breath, left: () => left }).then(tell)
    else {
      absorbPosts(book, wanted)
      tell()
    }
  }
  const pause = createPause(breath)
  const breatheIfDue = async (): Promise<void> => {
    if (pause.isDue()) await pause.take()
  }
  const stop = store.followFacts(logbook, since, hear, breatheIfDue)
  return {
    reached: () => (taking === 0 ? goes() : null),
    stop() {
      left = true
      stop()
    },
  }
}
