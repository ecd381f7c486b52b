import { decodeJwt } from 'jose'
import {
  makeKeyPair,
  sha256,
  signText,
  type EcPublicJwk,
  type KeyPair,
} from '../../src/client/platform/crypto.ts'
import { toBytes, toText } from '../../src/client/platform/encoding.ts'
import {
  TransportFailed,
  type Reply,
  type Request,
  type StreamReply,
  type Transport,
} from '../../src/client/platform/transport.ts'
import type { Entry } from '../../src/domain/entry.ts'
import { kindOf } from '../../src/domain/kinds/index.ts'
import { parseLogbookId } from '../../src/domain/logbooks.ts'
import { headers, paths } from '../../src/protocol/api.ts'
import { readCursor, writeCursor } from '../../src/protocol/cursor.ts'
import { payloadOf, readPages, type WirePage } from '../../src/protocol/page.ts'
import { problemBody, type ProblemCode, type QuarantineCode } from '../../src/protocol/problems.ts'
import { factLine, writePull } from '../../src/protocol/pull.ts'
import type { PageReceipt } from '../../src/protocol/receipt.ts'

export const sampleCommunity = '018f0000-0000-7000-8000-000000000001'
export const sampleCompound = '018f0000-0000-7000-8000-000000000002'
export const samplePost = '018f0000-0000-7000-8000-000000000003'
export const sampleMember = '018f0000-0000-7000-8000-000000000004'
export const gateBook = `gate/${sampleCompound}`
export const homesBook = `homes/${sampleCompound}`

interface StoredRow {
  seq: number
  install: string
  entry: Entry
  line: string
}

interface Install {
  status: 'active' | 'revoked'
  received: number
}

/**
 * A centre for tests of the phone's side: it keeps what it is told in memory, signs receipts, and can be told to
 * misbehave. It judges nothing by itself; `judge` may.
 */
export class FakeCentre {
  epoch = 'epoch-1'
  pages = new Map<string, { receipt: PageReceipt; page: WirePage }>()
  rows = new Map<string, StoredRow[]>([
    [gateBook, []],
    [homesBook, []],
  ])
  installs = new Map<string, Install>()
  pushes: { pages: number; encoding: string | null }[] = []
  asked: Request[] = []
  pullLimit = 5000
  /** Rows that come with the scope ([SC4]); null: a centre that does not know that. */
  newsLimit: number | null = 500
  judge: (entry: Entry) => QuarantineCode | null = () => null
  now: () => number
  readonly #keys: KeyPair
  readonly #listeners = new Set<(line: string) => void>()

  private constructor(now: () => number, keys: KeyPair) {
    this.now = now
    this.#keys = keys
  }

  static async open(now: () => number): Promise<FakeCentre> {
    return new FakeCentre(now, await makeKeyPair())
  }

  get serverKey(): EcPublicJwk {
    return this.#keys.publicJwk
  }

  /** By which roles each logbook is seen; nothing of those that are not named. */
  readonly seenAs = new Map<string, string>()
  /** Where a pull is answered as to other roles than the scope named. */
  readonly pulledAs = new Map<string, string>()

  /** Every entry of all logbooks, in order of arrival. */
  get entries(): Entry[] {
    return [...this.rows.values()].flat().map(({ entry }) => entry)
  }

  transport: Transport = {
    send: async (request) => {
      this.asked.push(request)
      return this.#answer(request)
    },
    open: async (request) => this.#stream(request),
  }

  poke(poke: object): void {
    for (const tell of this.#listeners) tell(`data: ${JSON.stringify(poke)}\n\n`)
  }

  /** Somebody else's entry arrives. */
  arrive(entry: Entry, install = 'another'): void {
    this.#store(install, entry, JSON.stringify(entry))
  }

  async #answer(request: Request): Promise<Reply> {
    const [path = ''] = request.path.split('?')
    if (path === paths.push) return this.#push(request)
    if (path === paths.enrol) return this.#enrol(JSON.parse(String(request.body)).install)
    const install = String(decodeJwt((request.headers['authorization'] ?? '').slice(7)).iss)
    const refused = this.#refusal(install, request)
    if (refused) return this.problem(refused)
    if (path === paths.renew) return this.#enrol(JSON.parse(String(request.body)).install)
    const query = new URLSearchParams(request.path.split('?')[1])
    if (path === paths.scope) return this.json({ ...this.#scope(install), ...this.#news(query, install) })
    if (path === paths.pull) return this.#pull(query, install, this.pullLimit)
    return this.problem('not-found')
  }

  #refusal(install: string, request: Request): ProblemCode | null {
    const known = this.installs.get(install)
    if (!known) return 'install-unknown'
    if (known.status === 'revoked') return 'install-revoked'
    const { iat = 0, exp = 0 } = decodeJwt((request.headers['authorization'] ?? '').slice(7))
    const second = this.now() / 1000
    return second < iat - 60 || second > exp + 60 ? 'clock' : null
  }

  #enrol(install: string): Reply {
    this.installs.set(install, this.installs.get(install) ?? { status: 'active', received: 0 })
    const { epoch, serverKey } = this
    const time = this.now()
    return this.json({ install, member: sampleMember, community: sampleCommunity, epoch, serverKey, time })
  }

  #scope(install: string) {
    const logbooks = [...this.rows].map(([id, rows]) => {
      const { purpose, place } = parseLogbookId(id) ?? { purpose: 'gate', place: sampleCompound }
      const seenAs = this.seenAs.get(id)
      return { id, purpose, place, head: rows.at(-1)?.seq ?? 0, ...(seenAs === undefined ? {} : { seenAs }) }
    })
    return {
      v: 1,
      epoch: this.epoch,
      time: this.now(),
      member: sampleMember,
      community: sampleCommunity,
      name: 'Sample guard',
      grants: [{ role: 'guard', place: sampleCompound }],
      logbooks,
      received: this.installs.get(install)?.received ?? 0,
    }
  }

  async #push({ body = '', headers: sent }: Request): Promise<Reply> {
    const encoding = sent['content-encoding'] ?? null
    const bytes = typeof body === 'string' ? toBytes(body) : body
    const pages = readPages(encoding === 'gzip' ? await gunzip(bytes) : toText(bytes))
    if (!pages) return this.problem('page-unreadable')
    this.pushes.push({ pages: pages.length, encoding })
    const install = pages[0]?.header.install ?? ''
    if (!this.installs.has(install)) return this.problem('install-unknown')
    const receipts: PageReceipt[] = []
    for (const page of pages) receipts.push(await this.#take(page))
    const heads = Object.fromEntries([...this.rows].map(([id, rows]) => [id, rows.at(-1)?.seq ?? 0]))
    const { epoch } = this
    return this.signed({ v: 1, install, epoch, time: this.now(), pages: receipts, heads })
  }

  async #take(page: WirePage): Promise<PageReceipt> {
    const { install, page: number, hash, first } = page.header
    if ((await sha256(toBytes(payloadOf(page.lines)))) !== hash) throw new Error('a page with a wrong hash')
    const key = `${install}/${number}`
    const had = this.pages.get(`${key}/${hash}`)
    if (had) return { ...had.receipt, status: 'duplicate' }
    const forked = [...this.pages.keys()].some((known) => known.startsWith(`${key}/`))
    const entries = page.lines.flatMap((line, i) => this.#receive(install, line, first + i))
    const receipt: PageReceipt = { page: number, hash, status: forked ? 'forked' : 'stored', entries }
    this.pages.set(`${key}/${hash}`, { receipt, page })
    return receipt
  }

  #receive(install: string, line: string, n: number): PageReceipt['entries'] {
    const entry: Entry = JSON.parse(line)
    const known = this.installs.get(install)
    if (known) known.received += 1
    const code = known?.status === 'revoked' ? 'revoked' : this.judge(entry)
    if (code) return [{ n, status: 'quarantined', code }]
    if (this.entries.some(({ id }) => id === entry.id)) return [{ n, status: 'duplicate' }]
    this.#store(install, entry, line)
    return []
  }

  #store(install: string, entry: Entry, line: string): void {
    const rows = this.rows.get(entry.logbook) ?? []
    this.rows.set(entry.logbook, [...rows, { seq: (rows.at(-1)?.seq ?? 0) + 1, install, entry, line }])
  }

  #news(query: URLSearchParams, install: string): { news?: string[] } {
    const cursors = this.newsLimit === null ? [] : query.getAll('after')
    const news = cursors.flatMap((after) => {
      const { logbook = '', seq = 0 } = readCursor(after) ?? {}
      if ((this.rows.get(logbook)?.at(-1)?.seq ?? 0) <= seq) return []
      const answer = this.#pull(new URLSearchParams({ logbook, after }), install, this.newsLimit ?? 0)
      return answer.status === 200 ? [toText(answer.bytes)] : []
    })
    return news.length > 0 ? { news } : {}
  }

  #pull(query: URLSearchParams, install: string, limit: number): Reply {
    const logbook = query.get('logbook') ?? ''
    const after = query.get('after')
    const cursor = after === null ? { epoch: this.epoch, seq: 0 } : readCursor(after)
    if (!cursor || cursor.epoch !== this.epoch) return this.problem('cursor-stale')
    const all = this.rows.get(logbook)
    if (!all) return this.problem('not-permitted')
    const behind = all.filter(({ seq }) => seq > cursor.seq)
    const rows = behind.slice(0, limit)
    const seq = rows.at(-1)?.seq ?? cursor.seq
    const facts = rows.filter((row) => !isDoc(row) && row.install !== install)
    const docs = documents(all, rows)
    const times = facts.map(({ entry }) => entry.at)
    const seenAs = this.pulledAs.get(logbook) ?? this.seenAs.get(logbook)
    const head = {
      v: 1,
      epoch: this.epoch,
      logbook,
      ...(seenAs === undefined ? {} : { seenAs }),
      next: writeCursor({ epoch: this.epoch, logbook, seq }),
      seq,
      more: behind.length > rows.length,
      time: this.now(),
      facts: facts.length,
      docs: docs.length,
      ...(times.length > 0 ? { firstAt: Math.min(...times), lastAt: Math.max(...times) } : {}),
    }
    const lines = facts.map(({ seq: s, entry, line }) => factLine(s, entry.at, null, line))
    return this.text(writePull(head, [...lines, ...docs]))
  }

  async #stream(request: Request): Promise<StreamReply> {
    const waiting: string[] = []
    let wake: () => void = () => undefined
    const tell = (line: string) => {
      waiting.push(line)
      wake()
    }
    this.#listeners.add(tell)
    const { signal } = request
    signal?.addEventListener('abort', () => wake())
    async function* chunks() {
      for (;;) {
        if (signal?.aborted) throw new TransportFailed('aborted')
        yield* waiting.splice(0)
        await new Promise<void>((done) => {
          wake = done
        })
      }
    }
    return { status: 200, header: this.#header({}), chunks: chunks() }
  }

  #header = (more: Record<string, string>) => (name: string) =>
    ({ [headers.time]: String(this.now()), ...more })[name] ?? null

  text = (text: string, status = 200, more: Record<string, string> = {}): Reply => ({
    status,
    header: this.#header(more),
    bytes: toBytes(text),
  })

  json = (value: unknown): Reply => this.text(JSON.stringify(value))

  problem = (code: ProblemCode, retryAfter?: number): Reply => {
    const extra = { time: this.now(), ...(retryAfter === undefined ? {} : { retryAfter }) }
    const body = problemBody(code, extra)
    return this.text(JSON.stringify(body), body.status)
  }

  async signed(receipt: object): Promise<Reply> {
    const text = JSON.stringify(receipt)
    return this.text(text, 200, { [headers.signature]: await signText(this.#keys.privateKey, text) })
  }
}

const isDoc = ({ entry }: StoredRow): boolean => kindOf(entry.kind)?.nature === 'document'

/** Documents whose last change lies in `rows`, as they stand, as lines. */
function documents(all: readonly StoredRow[], rows: readonly StoredRow[]): string[] {
  const last = new Map(all.filter(isDoc).map((row) => [row.entry.record, row]))
  return rows.flatMap((row) => {
    const { kind, record: id } = row.entry
    if (!isDoc(row) || last.get(id) !== row) return []
    const bodies = all.filter(({ entry }) => entry.record === id).map(({ entry }) => entry.body)
    return [JSON.stringify({ s: row.seq, t: row.entry.at, kind, id, doc: Object.assign({}, ...bodies) })]
  })
}

const gunzip = (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
