import { createFountainDecoder, type FountainDecoder } from '../../../domain/fountain.ts'
import { frameBytes, readFrame, type Frame } from '../../../protocol/relay/frame.ts'
import { fromBase64url, toBase64url } from '../../platform/encoding.ts'
import type { SyncDeps } from '../deps.ts'
import { textOfContent } from './content.ts'
import { idOf } from './show.ts'
import type { Collected, Collector, Taken } from './types.ts'

interface Transfer {
  decoder: FountainDecoder
  length: number
}

/** Frames of a handover that was broken off earlier are there already. */
async function resumed({ open }: SyncDeps, transfer: string, length: number): Promise<Transfer> {
  const decoder = createFountainDecoder(length, frameBytes)
  const rows = await open.db.frames.where('transfer').equals(transfer).toArray()
  for (const row of rows) if (row.length === length) decoder.add(row.n, row.block)
  return { decoder, length }
}

/** Bytes that count only if their digest begins with what their frames said ([RL6]). */
async function whole({ decoder }: Transfer, transfer: string): Promise<string | null> {
  const content = decoder.content()
  const text = content ? textOfContent(content) : ''
  const digest = fromBase64url(await idOf(text))
  return digest && toBase64url(digest.slice(0, 8)) === transfer ? text : null
}

/** Puts pictures together; what becomes whole goes to `take`. */
export function createCollector(deps: SyncDeps, take: (text: string) => Promise<Taken>): Collector {
  const { db, keeper } = deps.open
  const transfers = new Map<string, Transfer>()
  const taken = new Map<string, Taken>()

  async function transferOf(name: string, { length }: Frame): Promise<Transfer> {
    const known = transfers.get(name)
    if (known?.length === length) return known
    const made = await resumed(deps, name, length)
    transfers.set(name, made)
    return made
  }

  const forget = (name: string) => {
    transfers.delete(name)
    return db.frames.where('transfer').equals(name).delete()
  }

  async function finish(name: string, transfer: Transfer): Promise<Taken | null> {
    const text = await whole(transfer, name)
    const result = text === null ? null : await take(text)
    await forget(name)
    if (result) taken.set(name, result)
    return result
  }

  async function addFrame(frame: Frame): Promise<Collected> {
    const name = toBase64url(frame.id)
    const before = taken.get(name)
    if (before) return { share: 1, taken: before }
    const transfer = await transferOf(name, frame)
    const { decoder, length } = transfer
    const { n, block } = frame
    if (decoder.add(n, block))
      await db.frames.put({ transfer: name, n, length, block, at: keeper.corrected() })
    const result = decoder.known() === decoder.blocks ? await finish(name, transfer) : null
    return { share: result ? 1 : decoder.known() / decoder.blocks, taken: result }
  }

  // One after the other: a camera does not wait for the database.
  let last: Promise<unknown> = Promise.resolve()
  return {
    add(text) {
      const frame = readFrame(text)
      if (!frame) return Promise.resolve(null)
      const added = last.then(() => addFrame(frame))
      last = added.catch(() => undefined)
      return added
    },
  }
}
