import { pushMaxBytes, pushMaxPages, wirePage } from '../../../protocol/page.ts'
import { framesMost } from '../../../protocol/relay/frame.ts'
import { writeParcel } from '../../../protocol/relay/parcel.ts'
import { protocolVersion } from '../../../protocol/version.ts'
import type { SealKey } from '../../../protocol/api.ts'
import { toBase64url, toBytes } from '../../platform/encoding.ts'
import { pack } from '../../platform/gzip.ts'
import { getMeta } from '../../store/database.ts'
import { readUnsent, type Outgoing } from '../../store/pages.ts'
import { readRelay, readRelayed } from '../../store/relay.ts'
import type { RelayedRow } from '../../store/rows.ts'
import type { SyncDeps } from '../deps.ts'
import { sealAll } from '../seal.ts'
import { settle } from '../settle.ts'
import { openReply, sealParcel } from './jwe.ts'
import { idOf, markOf, showing } from './show.ts'
import type { OwnParcel, Taken } from './types.ts'

type How = RelayedRow['how']

/**
 * Bytes of pages in one parcel. Gzipped a quarter of it is left; a camera takes a second for about 1.2 kB, so that a
 * parcel for it takes half a minute. Somebody who holds two phones together for longer gives up.
 */
const mostBytes: Record<How, number> = { frames: 160_000, file: pushMaxBytes }

/** The first pages that fit, at least one. */
function fitting(pages: readonly Outgoing[], most: number): Outgoing[] {
  let size = 0
  const over = pages.findIndex((page, i) => {
    size += toBytes(wirePage(page)).byteLength + 1
    return i > 0 && size > most
  })
  return over < 0 ? [...pages] : pages.slice(0, over)
}

/** A key that chance alone decides, for the receipt of one parcel. */
const freshKey = ({ platform }: SyncDeps): string => toBase64url(platform.random.bytes(32))

async function makeParcel(
  deps: SyncDeps,
  key: SealKey,
  pages: readonly Outgoing[],
  how: How,
): Promise<RelayedRow> {
  const { db, keeper } = deps.open
  const replyKey = freshKey(deps)
  const packed = await pack(toBytes(writeParcel(replyKey, protocolVersion, pages.map(wirePage).join('\n'))))
  const text = await sealParcel(packed, key)
  const row: RelayedRow = {
    id: await idOf(text),
    text,
    replyKey,
    kid: key.kid,
    pages: pages.map((page) => page.p),
    entries: pages.reduce((sum, page) => sum + page.count, 0),
    how,
    at: keeper.corrected(),
    handed: false,
  }
  await db.relayed.put(row)
  return row
}

const lastPage = (rows: readonly RelayedRow[]): number => Math.max(0, ...rows.flatMap((row) => row.pages))

/** See Relay.pack. What was begun is shown again, with other frames of the same content: no picture is lost. */
export async function packOwn(deps: SyncDeps, how: How, again: boolean): Promise<OwnParcel | null> {
  const { db } = deps.open
  const key = (await getMeta(db, 'centre'))?.sealKey
  if (!key) return null
  await sealAll(deps)
  let rows = await readRelayed(db, key.kid)
  if (again) {
    await db.relayed.bulkPut(rows.map((row) => ({ ...row, handed: false })))
    rows = rows.map((row) => ({ ...row, handed: false }))
  }
  const begun = rows.find((row) => !row.handed && row.how === how)
  const after = lastPage(rows.filter((row) => row.handed))
  const pages = begun ? [] : fitting(await readUnsent(db, after, pushMaxPages), mostBytes[how])
  if (!begun && pages.length === 0) return null
  const row = begun ?? (await makeParcel(deps, key, pages, how))
  const from = begun ? deps.platform.random.unit() * framesMost : 0
  const shown = await showing(row.text, markOf(row.id), Math.floor(from))
  const { unsent, handed } = await readRelay(db)
  return shown && { ...shown, entries: row.entries, left: Math.max(0, unsent - handed - row.entries) }
}

/**
 * All that is unsent, in parcels, whoever was given some of it before: for a guard who leaves this phone to somebody
 * else. Null where the key that parcels are sealed to is not known yet.
 */
export async function packAll(deps: SyncDeps): Promise<RelayedRow[] | null> {
  const { db } = deps.open
  const key = (await getMeta(db, 'centre'))?.sealKey
  if (!key) return null
  await sealAll(deps)
  const rows: RelayedRow[] = []
  const next = async () =>
    fitting(await readUnsent(db, lastPage(rows.slice(-1)), pushMaxPages), mostBytes.file)
  for (let pages = await next(); pages.length > 0; pages = await next())
    rows.push({ ...(await makeParcel(deps, key, pages, 'file')), handed: true })
  await db.relayed.bulkPut(rows)
  return rows
}

const noEvents = { work: () => undefined, head: () => undefined }

/** A receipt came back: it counts by the centre's signature alone, as if it had come over the network ([RL4]). */
export async function takeReceipt(deps: SyncDeps, text: string, to: string): Promise<Taken> {
  const { db } = deps.open
  const row = await db.relayed.get(to)
  if (!row) return { what: 'old' }
  const receipt = await openReply(text, row.replyKey)
  if (!receipt) return { what: 'unreadable' }
  const pages = (await db.pages.bulkGet(row.pages)).flatMap((page) => page ?? [])
  const header = (): string => receipt.signature
  const settled = await settle(deps, noEvents, pages, { bytes: toBytes(receipt.body), header })
  if (!settled.ok) return { what: 'unreadable' }
  await db.relayed.delete(to)
  return { what: 'receipt', mark: markOf(to), entries: row.entries }
}
