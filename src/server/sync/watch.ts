import type { PageReceipt } from '../../protocol/receipt.ts'
import type { Pushed } from './accept.ts'

/** What became of one page, for whoever watches: figures only. */
export interface PageFigures {
  status: PageReceipt['status']
  entries: number
  /** Entries of it that were put aside. */
  aside: number
  /** How old its oldest stored entry was when it came, ms; null where none was stored. */
  behind: number | null
}

/** Told of every push once it is on disk. `ms`: from the whole request to the commit. */
export interface Watch {
  pushed(pages: readonly PageFigures[], ms: number): void
}

export const nobody: Watch = { pushed: () => undefined }

export const figuresOf = ({ pages }: Pushed): PageFigures[] =>
  pages.map(({ receipt, entries, behind }) => ({
    status: receipt.status,
    entries,
    aside: receipt.entries.filter(({ status }) => status !== 'duplicate').length,
    behind,
  }))
