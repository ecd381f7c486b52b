import type { Fact } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { kinds } from '../../../../domain/kinds/index.ts'
import { hourMs } from '../../../../domain/rules/boardDays.ts'
import { longestUnplannedMs } from '../../../../domain/rules/duty/ending.ts'
import { provenIds, unpackPosts, type KeptPosts } from '../../../../domain/rules/duty/keptPosts.ts'
import { emptyPosts, type PostBook } from '../../../../domain/rules/duty/postBook.ts'
import type { StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import { breathe, breatheBehind, painted } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'
import { followPosts, type FollowedPosts } from './followPosts.ts'
import { readBoard, type Day } from './keeping.ts'
import { showMeanwhile, type Meanwhile } from './meanwhile.ts'
import type { createProofs } from './proofs.ts'

/** Days of sign-ins that the overview of units shows. */
export const unitDays = 7
const dayMs = 24 * hourMs

/** Of earlier days only turns are wanted, which are planned long before, and what units did this week. */
function isWanted({ kind, at }: Fact, since: number, today: number): boolean {
  if (kind === 'unitSignIn') return at >= today - (unitDays + 1) * dayMs
  return at >= since || !['checkIn', 'checkOut', 'vouch'].includes(kind)
}

function bookOf(kept: KeptPosts, trust: StrengthContext): PostBook {
  const book = emptyPosts(trust)
  book.read = unpackPosts(kept)
  return book
}

export interface DutyReadingParts {
  store: Store
  logbook: LogbookId
  day: Day
  /** Local midnight, ms. */
  yesterday: number
  trust: StrengthContext
  proofs: Pick<ReturnType<typeof createProofs>, 'trust'>
  /** Figures of posts, as they were kept, with what has arrived since: a book without entries. */
  shown: (book: PostBook) => void
  /** Reckons what stands on the screen for a book that is to take the place of the kept one. */
  prepare: (book: PostBook) => Promise<void>
  /** The logbook was read, or more of it has come. */
  told: (book: PostBook) => void
}

export interface DutyReading {
  /** Null while what was kept is looked for. */
  followed(): FollowedPosts | null
  /** Whether codes hold was found out anew: what has arrived since the board was kept is believed by that. */
  judge(): void
  stop(): void
}

/** Shows the board that was kept, if it holds, reads the logbook behind it, and goes on with whatever comes. */
export function readDuty(parts: DutyReadingParts): DutyReading {
  const { store, logbook, day, trust, proofs, shown, prepare, told } = parts
  const since = parts.yesterday - longestUnplannedMs
  const wants = (fact: Fact): boolean => isWanted(fact, since, day.today)
  let followed: FollowedPosts | null = null
  let meanwhile: Meanwhile | null = null
  let over = false

  async function showKept(): Promise<boolean> {
    const kept = await readBoard(store, logbook, day)
    if (!kept || over) return false
    const book = bookOf(kept.posts, trust)
    meanwhile = showMeanwhile({ store, logbook, kept, book, wants, told: () => shown(book) })
    shown(book)
    await painted()
    proofs.trust(provenIds(kept.posts))
    await breathe()
    return true
  }

  function endMeanwhile(): void {
    meanwhile?.stop()
    meanwhile = null
  }

  let preparing = false
  /** The book takes the place of what was kept once it has all that was shown, and its rows are reckoned. */
  async function takeOver(book: PostBook): Promise<void> {
    if (preparing || meanwhile?.isIn(book) === false) return
    preparing = true
    await prepare(book).finally(() => (preparing = false))
    // What came meanwhile is told of in its turn.
    if (over || meanwhile?.isIn(book) === false) return
    endMeanwhile()
    told(book)
  }

  async function begin(): Promise<void> {
    const isShown = await showKept()
    if (over) return
    followed = followPosts({
      ...{ store, logbook, context: trust, wants },
      since: day.today - kinds.shift.keptDays.phone * dayMs,
      // Where figures stand there already, whatever arrives goes before the rest.
      breath: isShown ? breatheBehind : breathe,
      told: (book) => (meanwhile ? void takeOver(book) : told(book)),
    })
  }

  void begin()
  return {
    followed: () => followed,
    judge: () => meanwhile?.judge(),
    stop() {
      over = true
      endMeanwhile()
      followed?.stop()
    },
  }
}
