import { pageMaxBytes, pageMaxEntries, payloadOf } from '../../protocol/page.ts'
import { protocolVersion } from '../../protocol/version.ts'
import { sha256, signText } from '../platform/crypto.ts'
import { toBytes } from '../platform/encoding.ts'
import { readUnsealed, storeSealed, type Outgoing, type Sealed, type Unsealed } from '../store/pages.ts'
import type { AttentionRow, Chain, OwnRow } from '../store/rows.ts'
import type { SyncDeps } from './deps.ts'

const fits = (page: readonly OwnRow[], bytes: number, row: OwnRow, size: number): boolean =>
  page.length < pageMaxEntries && bytes + 1 + size <= pageMaxBytes && page.at(-1)?.n === row.n - 1

/**
 * Cuts entries into pages by number and size ([PG2]); within a page the counter has no gap. An entry that no page
 * can hold stands in `tooLarge`.
 */
export function cut(rows: readonly OwnRow[]): { pages: OwnRow[][]; tooLarge: OwnRow[] } {
  const pages: OwnRow[][] = []
  const tooLarge: OwnRow[] = []
  let bytes = 0
  for (const row of rows) {
    const size = toBytes(row.line).byteLength
    const page = pages.at(-1)
    if (size > pageMaxBytes) tooLarge.push(row)
    else if (page && fits(page, bytes, row, size)) {
      page.push(row)
      bytes += 1 + size
    } else {
      pages.push([row])
      bytes = size
    }
  }
  return { pages, tooLarge }
}

interface Cut {
  p: number
  rows: OwnRow[]
  hash: string
}

async function sign(from: Unsealed, key: CryptoKey, { p, rows, hash }: Cut, prev: string): Promise<Outgoing> {
  const { chain, install } = from
  const first = rows[0]?.n ?? 0
  const page = p - chain.pageBase
  const count = rows.length
  const header = { v: protocolVersion, install, page, prev, first: first - chain.counterBase, count, hash }
  const headerLine = JSON.stringify(header)
  const signature = await signText(key, headerLine)
  const lines = rows.map((row) => row.line)
  return { p, install, page, first, count, headerLine, signature, hash, sent: 0, sentAt: 0, lines }
}

async function sealPages(from: Unsealed, key: CryptoKey, groups: OwnRow[][]): Promise<Outgoing[]> {
  const cuts = await Promise.all(
    groups.map(async (rows, i): Promise<Cut> => {
      const hash = await sha256(toBytes(payloadOf(rows.map((row) => row.line))))
      return { p: from.chain.p + i + 1, rows, hash }
    }),
  )
  return Promise.all(cuts.map((one, i) => sign(from, key, one, cuts[i - 1]?.hash ?? from.chain.prev)))
}

const attentionFor = ({ n, id }: OwnRow, at: number): AttentionRow => ({
  n,
  id,
  code: 'unreadable',
  at,
  held: false,
  here: true,
})

const withoutLines = ({ lines: _lines, ...row }: Outgoing) => row

function chainAfter({ chain, rows }: Unsealed, pages: readonly Outgoing[]): Chain {
  return {
    ...chain,
    sealedThrough: rows.at(-1)?.n ?? chain.sealedThrough,
    p: pages.at(-1)?.p ?? chain.p,
    prev: pages.at(-1)?.hash ?? chain.prev,
  }
}

interface Step {
  outgoing: Outgoing[]
  /** There was nothing to seal, or nothing to sign it with. */
  isOver: boolean
}

/** Hashing and signing happen outside of any transaction. */
async function step(
  { open }: Pick<SyncDeps, 'open'>,
  maxPages: number,
  pagesOfMany = maxPages,
): Promise<Step> {
  const from = await readUnsealed(open.db, maxPages * pageMaxEntries)
  if (from?.rows.length === maxPages * pageMaxEntries) from.rows.length = pagesOfMany * pageMaxEntries
  const key = from && from.rows.length > 0 ? await open.db.keys.get(from.install) : undefined
  if (!from || !key) return { outgoing: [], isOver: true }
  const { pages: groups, tooLarge } = cut(from.rows)
  const outgoing = await sealPages(from, key.privateKey, groups)
  const sealed: Sealed = {
    pages: outgoing.map(withoutLines),
    chain: chainAfter(from, outgoing),
    tooLarge: tooLarge.map((row) => attentionFor(row, open.keeper.corrected())),
  }
  return { outgoing: (await storeSealed(open.db, from, sealed)) ? outgoing : [], isOver: false }
}

/**
 * Seals up to `maxPages` pages of what has none yet, and stores them before anything is sent ([PG5]). Empty where there
 * was nothing, or another tab was quicker. Where there is more than that, only `pagesOfMany` are sealed.
 */
export const seal = async (...asked: Parameters<typeof step>): Promise<Outgoing[]> =>
  (await step(...asked)).outgoing

/** Seals everything there is, also what another tab that was quicker left. */
export async function sealAll(deps: Pick<SyncDeps, 'open'>): Promise<void> {
  while (!(await step(deps, 50)).isOver);
}
