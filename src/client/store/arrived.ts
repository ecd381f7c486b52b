import type { LogbookId } from '../../domain/ids.ts'

/** What this tab has just pulled, handed on in memory before it is stored and the channel tells of it. */
export interface Arrived {
  logbook: LogbookId
  epoch: string
  /** Order numbers that the logbook was pulled up to before, and is now: who has read as far misses nothing. */
  after: number
  seq: number
  factLines: readonly string[]
}

/** More than so many facts are read from the disk piece by piece: handed on, they are taken up in one go. */
export const mostHandedOn = 50
