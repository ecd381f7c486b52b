import { pageMaxBytes, payloadOf, type WirePage } from '../../protocol/page.ts'
import type { PageReceipt } from '../../protocol/receipt.ts'
import type { EntryRow, PageRow, TallyRow } from '../storage/rows.ts'
import type { Now } from './again.ts'
import { readLine, type Reading } from './reading.ts'

interface Came {
  page: WirePage
  received: number
  /** Centre time minus device time when it came, ms; null = the phone did not say. */
  arrivalOff: number | null
}

/** A page whose signature is good, as it came. */
export interface Arrival extends Came {
  /** Its lines, read when first asked for; nothing is read of a page that is too large. */
  readings(): readonly Reading[]
}

/** What was done with a page, for the receipt and for those who wait for news. */
export interface Arrived {
  receipt: PageReceipt
  logbooks: readonly string[]
  scope: boolean
  /** How many entries it carries, how many of them came for the first time, and how old the oldest stored one had become, ms. */
  entries: number
  fresh: number
  behind: number | null
  /** What it adds to the counts. Not written yet: pages that share a transaction are summed up first. */
  counts: readonly TallyRow[]
}

export function arrivalOf(came: Came): Arrival {
  let read: readonly Reading[] | null = null
  return { ...came, readings: () => (read ??= readPage(came.page)) }
}

const readPage = (page: WirePage): readonly Reading[] => {
  const { lines, header } = page
  // Pages above the limit are put aside whole ([PG2]): refused, they would keep their phone waiting for ever.
  if (isTooLarge(page)) return lines.map((line, i) => ({ line, n: header.first + i, entry: null }))
  return lines.map((line, i) => readLine(line, header.first + i))
}

/** The most bytes that a unit of a text becomes in UTF-8. */
const bytesPerUnit = 3

function isTooLarge({ lines }: WirePage): boolean {
  const units = lines.reduce((sum, line) => sum + line.length + 1, 0)
  return units * bytesPerUnit > pageMaxBytes && Buffer.byteLength(payloadOf(lines)) > pageMaxBytes
}

/** The answer for a page that has come before, as it is now. */
export const saidAgain = ({ page, hash, count, outcome }: PageRow, { entries, since }: Now): Arrived => ({
  receipt: { page, hash, status: outcome.status === 'forked' ? 'forked' : 'duplicate', entries },
  logbooks: [...new Set([...outcome.logbooks, ...since])],
  scope: false,
  entries: count,
  fresh: 0,
  behind: null,
  counts: [],
})

export const behindOf = (rows: readonly EntryRow[]): number | null =>
  rows.reduce<number | null>((most, { received, at }) => Math.max(most ?? 0, received - at), null)
