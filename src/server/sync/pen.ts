import * as v from 'valibot'
import type { MemberId, PlaceId } from '../../domain/ids.ts'
import type { Entry } from '../../domain/entry.ts'
import { kindOf } from '../../domain/kinds/index.ts'
import type { Member } from '../../domain/kinds/member.ts'
import { logbookId, logbooksOf, parseLogbookId } from '../../domain/logbooks.ts'
import { parseJson, payloadOf, type PageHeader, type WirePage } from '../../protocol/page.ts'
import { protocolVersion } from '../../protocol/version.ts'
import type { RecordKey } from '../storage/rows.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { arrivalOf, type Arrived } from './arrival.ts'
import { arrive } from './arrive.ts'
import type { Centre } from './centre.ts'
import type { Pokes } from './pokes.ts'
import { digestOf } from './signing.ts'

/** What the centre writes into the logbooks by itself. Both calls may be repeated. */
export interface Pen {
  /** Makes the logbooks of a community where they are missing. */
  openCommunity(community: PlaceId): Promise<void>
  /** Writes fields of a member's record, making it where it is missing. */
  writeMember(community: PlaceId, member: MemberId, fields: Partial<Member>): Promise<void>
  /** Changes fields of any record, having seen it as it is; null takes a field away. */
  rewrite(record: RecordKey, fields: Readonly<Record<string, unknown>>): Promise<void>
}

interface PenParts {
  storage: Storage
  centre: Centre
  pokes: Pokes
  newId: () => string
  now: () => number
}

export function centrePen({ storage, centre, pokes, newId, now }: PenParts): Pen {
  const rewrite: Pen['rewrite'] = async (key, fields) => {
    const { logbook, kind, id: record } = key
    const head = await storage.write(async (tx) => {
      const seen = (await tx.record(key))?.seq ?? 0
      const patch = { kind, v: kindOf(kind)?.version ?? 1, logbook, record, seen, body: { ...fields } }
      await write(tx, centre, { id: newId(), at: now(), off: 0, by: centre.install.member, ...patch })
      return (await tx.logbook(logbook))?.head ?? 0
    })
    pokes.publish({ logbook, seq: head })
  }
  return {
    openCommunity: async (community) => {
      await storage.write((tx) => openCommunity(tx, community))
      pokes.publish({ scope: true })
    },
    writeMember: async (community, member, fields) => {
      await rewrite({ logbook: logbookId('people', community), kind: 'member', id: member }, { ...fields })
      pokes.publish({ scope: true })
    },
    rewrite,
  }
}

async function openCommunity(tx: Transaction, community: PlaceId): Promise<void> {
  for (const id of logbooksOf('community', community)) {
    const purpose = parseLogbookId(id)?.purpose
    if (purpose && !(await tx.logbook(id)))
      await tx.putLogbook({ id, purpose, place: community, path: [community] })
  }
}

/** Where the centre's own chain of pages stands. */
const Chain = v.object({ page: v.number(), prev: v.string(), entries: v.number() })
const chainName = 'centre-chain'

/** The centre's entries go the way of everybody's: sealed in a page, numbered, signed, judged. */
async function write(tx: Transaction, centre: Centre, entry: Entry): Promise<Arrived> {
  const before = v.safeParse(Chain, parseJson((await tx.meta(chainName)) ?? ''))
  const { page, prev, entries } = before.success ? before.output : { page: 0, prev: '', entries: 0 }
  const sealed = seal(centre, [JSON.stringify(entry)], { page: page + 1, prev, first: entries + 1 })
  const { install } = centre
  const arrived = await arrive(tx, arrivalOf({ page: sealed, received: entry.at, arrivalOff: 0 }), install)
  const said = { lastHeard: null, unsent: null, app: null }
  await tx.noteHeard([{ install: install.id, fresh: arrived.fresh, ...said }])
  await tx.addTallies(arrived.counts)
  const [trouble] = arrived.receipt.entries
  if (trouble) throw new Error(`the centre's own entry was put aside: ${trouble.code ?? trouble.status}`)
  const next = { page: page + 1, prev: sealed.header.hash, entries: entries + 1 }
  await tx.setMeta(chainName, JSON.stringify(next))
  return arrived
}

function seal(
  { install, signPage }: Centre,
  lines: readonly string[],
  place: Pick<PageHeader, 'page' | 'prev' | 'first'>,
): WirePage {
  const hash = digestOf(payloadOf(lines))
  const header: PageHeader = { v: protocolVersion, install: install.id, ...place, count: lines.length, hash }
  const headerLine = JSON.stringify(header)
  return { header, headerLine, signature: signPage(headerLine), lines }
}
