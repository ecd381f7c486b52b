import { blocksOf, encodeFountain } from '../../../domain/fountain.ts'
import { frameBytes, frameId, framesMost, writeFrame } from '../../../protocol/relay/frame.ts'
import { sha256 } from '../../platform/crypto.ts'
import { fromBase64url, toBytes } from '../../platform/encoding.ts'
import { contentOf } from './content.ts'
import type { ParcelMark, Showing } from './types.ts'

/** Without those that look alike. */
const letters = '23456789ACDEFGHJKLMNPQRTUVWXYZ'

/** SHA-256 of a text that travels, base64url: its id. */
export const idOf = (text: string): Promise<string> => sha256(toBytes(text))

/** Both phones make the same mark from a parcel's id. */
export const markOf = (id: string): ParcelMark =>
  [...(fromBase64url(id) ?? []).slice(0, 4)].map((byte) => letters[byte % letters.length]).join('')

/** A text as frames and as a file. `from`: the first picture's number; `mark` is the parcel's, also on its receipt. */
export async function showing(text: string, mark: ParcelMark, from: number): Promise<Showing | null> {
  const content = contentOf(text)
  if (!content) return null
  const id = await idOf(text)
  const block = encodeFountain(content, frameBytes)
  const first = frameId(fromBase64url(id) ?? new Uint8Array(8))
  return {
    id,
    mark,
    frames: blocksOf(content.length, frameBytes),
    frame(count) {
      const n = (from + count) % framesMost
      return writeFrame({ id: first, length: content.length, n, block: block(n) })
    },
    file: { name: `gatepost-${mark}.txt`, text },
  }
}
