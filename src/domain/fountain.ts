/**
 * A fountain code: a systematic random linear code over GF(2) (MacKay, “Fountain codes”, IEE Proc. Commun. 152, 2005,
 * section 2). Content is cut into k blocks of one size, the last filled up with zeros. Block n is the content's own
 * for n below k, then the exclusive or of a half of them that n alone decides. Any k blocks and a few more give the
 * content back, whichever were missed: after k + m of them chance leaves a gap once in 2^m times.
 */

export const blocksOf = (length: number, size: number): number => Math.max(1, Math.ceil(length / size))

const wordsOf = (blocks: number): number => Math.ceil(blocks / 32)

/** Thirty-two bits that look like chance and follow from two numbers (MurmurHash3's finish). */
function bits(n: number, word: number): number {
  let h = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(word + 1, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const has = (mask: Uint32Array, at: number): boolean => (((mask[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1

/** Which of the content's blocks are in block n; never none. */
function maskOf(n: number, blocks: number): Uint32Array {
  const mask = new Uint32Array(wordsOf(blocks))
  if (n >= blocks) {
    for (let word = 0; word < mask.length; word++) mask[word] = bits(n, word)
    const rest = blocks & 31
    if (rest > 0) mask[mask.length - 1] = (mask.at(-1) ?? 0) & ((1 << rest) - 1)
  }
  if (mask.every((word) => word === 0)) mask[(n % blocks) >>> 5] = 1 << ((n % blocks) & 31)
  return mask
}

function add(to: Uint8Array | Uint32Array, from: Uint8Array | Uint32Array): void {
  for (let at = 0; at < to.length; at++) to[at] = (to[at] ?? 0) ^ (from[at] ?? 0)
}

/** Gives block n of this content, for every n from 0 on. */
export function encodeFountain(content: Uint8Array, size: number): (n: number) => Uint8Array<ArrayBuffer> {
  const blocks = blocksOf(content.length, size)
  const parts = Array.from({ length: blocks }, (_, i) => content.subarray(i * size, (i + 1) * size))
  return (n) => {
    const mask = maskOf(n, blocks)
    const block = new Uint8Array(size)
    parts.forEach((part, i) => {
      if (has(mask, i)) block.set(part.map((byte, at) => byte ^ (block[at] ?? 0)))
    })
    return block
  }
}

export interface FountainDecoder {
  blocks: number
  /** Independent blocks so far; at `blocks` the content is whole. */
  known(): number
  /** Takes block n in; false where it says nothing new. */
  add(n: number, block: Uint8Array): boolean
  /** Null until enough is known. */
  content(): Uint8Array<ArrayBuffer> | null
}

interface Row {
  mask: Uint32Array
  data: Uint8Array
}

/** The content from rows of which the one at i begins with block i: from the last one upwards each becomes its block. */
function solved(rows: ReadonlyMap<number, Row>, length: number, size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(rows.size * size)
  for (let i = rows.size - 1; i >= 0; i--) {
    const row = rows.get(i)
    const data = Uint8Array.from(row?.data ?? [])
    for (let j = i + 1; j < rows.size; j++)
      if (row && has(row.mask, j)) add(data, whole.subarray(j * size, (j + 1) * size))
    whole.set(data, i * size)
  }
  return whole.slice(0, length)
}

/** Collects blocks in any order. `length`: of the content; `size`: of a block; bytes. */
export function createFountainDecoder(length: number, size: number): FountainDecoder {
  const blocks = blocksOf(length, size)
  const rows = new Map<number, Row>()
  return {
    blocks,
    known: () => rows.size,
    add(n, block) {
      const row = { mask: maskOf(n, blocks), data: Uint8Array.from(block.subarray(0, size)) }
      for (let i = 0; i < blocks; i++) {
        if (!has(row.mask, i)) continue
        const before = rows.get(i)
        if (!before) {
          rows.set(i, row)
          return true
        }
        add(row.mask, before.mask)
        add(row.data, before.data)
      }
      return false
    },
    content: () => (rows.size === blocks ? solved(rows, length, size) : null),
  }
}
