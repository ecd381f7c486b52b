import { pushMaxBytes, wirePage } from '../../protocol/page.ts'
import { joinBytes, toBytes } from '../platform/encoding.ts'
import { pack, type Packed } from '../platform/gzip.ts'
import { readInQuestion, readUnsent, type Outgoing } from '../store/pages.ts'
import type { SyncDeps } from './deps.ts'
import { seal } from './seal.ts'
import type { Size } from './sizes.ts'

/** The pages of one request, packed. */
export interface Parcel {
  pages: Outgoing[]
  packed: Packed
}

/** The first pages that fit into one request, at least one, as the request's body. */
function fitting(pages: readonly Outgoing[]): { pages: Outgoing[]; bytes: Uint8Array<ArrayBuffer> } {
  const fit: Outgoing[] = []
  const parts: Uint8Array[] = []
  let size = 0
  for (const page of pages) {
    const part = toBytes((fit.length > 0 ? '\n' : '') + wirePage(page))
    if (fit.length > 0 && size + part.byteLength > pushMaxBytes) break
    fit.push(page)
    parts.push(part)
    size += part.byteLength
  }
  return { pages: fit, bytes: joinBytes(parts) }
}

/** The next request: pages that wait after local number `afterP`; where there are none, newly sealed ones. */
export async function nextParcel(
  deps: Pick<SyncDeps, 'open'>,
  afterP: number,
  { pages, ofMany }: Size,
): Promise<Parcel | null> {
  const waiting = await readUnsent(deps.open.db, afterP, pages)
  const ready = waiting.length > 0 ? waiting : await seal(deps, pages, ofMany)
  return ready.length === 0 ? null : packed(ready)
}

/** Pages to be offered again, since their entries need a hand. */
export async function nextInQuestion(
  { open }: Pick<SyncDeps, 'open'>,
  afterP: number,
  maxPages: number,
): Promise<Parcel | null> {
  const pages = await readInQuestion(open.db, afterP, maxPages)
  return pages.length === 0 ? null : packed(pages)
}

async function packed(ready: readonly Outgoing[]): Promise<Parcel> {
  const { pages, bytes } = fitting(ready)
  return { pages, packed: await pack(bytes) }
}
