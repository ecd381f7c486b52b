import type { Fact } from '../../../../domain/entry.ts'
import type { EntryId, LogbookId } from '../../../../domain/ids.ts'
import { createAhead } from '../../../../domain/rules/duty/keptAhead.ts'
import type { PostBook } from '../../../../domain/rules/duty/postBook.ts'
import type { Store } from '../../../store/index.ts'
import type { KeptBoard } from './keeping.ts'

export interface MeanwhileParts {
  store: Store
  logbook: LogbookId
  kept: KeptBoard
  /** The board that was kept; changed in place. */
  book: PostBook
  wants: (fact: Fact) => boolean
  told: () => void
}

/** What arrives while the logbook is read behind a board that was kept. */
export interface Meanwhile {
  /** Does a book have all that was shown? Before it has, nothing would vanish but to come again. */
  isIn(book: PostBook): boolean
  /** Whether codes hold was found out anew. */
  judge(): void
  stop(): void
}

/** Shows it at once, as long as what was kept tells how the board reads with it. */
export function showMeanwhile({ store, logbook, kept, book, wants, told }: MeanwhileParts): Meanwhile {
  const ahead = createAhead(book.read, new Set(kept.loose), book.context)
  const shown = new Set<EntryId>()
  const stop = store.followAhead(logbook, kept.known, {
    facts(facts) {
      const first = facts.filter(wants)
      const cut = first.findIndex((fact) => !ahead.add(fact))
      for (const { id } of cut < 0 ? first : first.slice(0, cut)) shown.add(id)
      if (cut >= 0) stop()
      told()
    },
    // It may be another epoch, in which the centre has not heard of it.
    gap: () => shown.clear(),
  })
  return {
    isIn: ({ book: { facts } }) => [...shown].every((id) => facts.has(id)),
    judge: ahead.judge,
    stop,
  }
}
