import { isUtf8 } from 'node:buffer'
import { cutPages, pushMaxLines, type WirePage } from '../../protocol/page.ts'
import { digestOf } from './signing.ts'

/** A page as it came, with the SHA-256 of its payload's bytes, base64url. */
export interface CamePage extends WirePage {
  payloadHash: string
}

const newLine = 0x0a

/**
 * `readPages` for bytes. Line by line, since a text of half a megabyte costs more than the thousand that it is cut
 * into: a single letter beyond Latin-1 makes all of it twice as wide. And what stands in bytes already is digested as
 * it stands.
 */
export function pagesIn(came: Buffer): CamePage[] | null {
  // What is no UTF-8 is read as its replacement, and digested as that.
  const bytes = isUtf8(came) ? came : Buffer.from(came.toString('utf8'))
  const ends = lineEnds(bytes)
  if (ends.length > pushMaxLines) return null
  const pages = cutPages(ends.map((end, i) => bytes.toString('utf8', startOf(ends, i), end)))
  let at = 0
  const withHash = (page: WirePage): CamePage => {
    const first = at + 2
    at = first + page.lines.length
    return { ...page, payloadHash: digestOf(bytes.subarray(startOf(ends, first), ends[at - 1])) }
  }
  return pages?.map(withHash) ?? null
}

const startOf = (ends: readonly number[], line: number): number =>
  line === 0 ? 0 : (ends[line - 1] ?? 0) + 1

/** Where each line ends; of more lines than pages can have, one more than that. */
function lineEnds(bytes: Buffer): number[] {
  const ends: number[] = []
  for (let at = -1; ends.length <= pushMaxLines;) {
    at = bytes.indexOf(newLine, at + 1)
    ends.push(at < 0 ? bytes.length : at)
    if (at < 0) break
  }
  return ends
}
