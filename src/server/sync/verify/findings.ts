import type { InstallId, LogbookId } from '../../../domain/ids.ts'

/**
 * What is wrong. `altered`: what stands there is not what came; `missing`: it is gone; `reordered`: it is there, but not
 * where it was; `unfounded`: nothing that came says so; `broken`: a page does not follow the one before it.
 */
export type Wrong = 'altered' | 'missing' | 'reordered' | 'unfounded' | 'broken'

/** One thing that is wrong with what an install sent. */
export interface Finding {
  wrong: Wrong
  install: InstallId
  page: number
  /** The install's counter of the entry; absent where it is the page itself. */
  n?: number
}

/** One thing that is wrong with a logbook as a whole: its rows are not those that its pages tell of. */
export interface LogbookFinding {
  wrong: Wrong
  logbook: LogbookId
  /** Order number at which it shows first. */
  seq: number
}

/** What was looked at, and what was found: of each install and each logbook only the first. */
export interface Verdict {
  installs: number
  pages: number
  entries: number
  findings: (Finding | LogbookFinding)[]
  /**
   * Pages that are not there though later ones are, and whose entries are not there either: on their way, or never sent.
   * Of several in a row the first: how far a number reaches is for its phone to say.
   */
  awaited: { install: InstallId; page: number }[]
}
