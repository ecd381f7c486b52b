import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 } from 'uuid'
import * as v from 'valibot'
import type { Entry } from '../../src/domain/entry.ts'
import { logbookId } from '../../src/domain/logbooks.ts'
import type { Grant, Role } from '../../src/domain/members.ts'
import { readPull, type PullAnswer } from '../../src/protocol/pull.ts'
import { Receipt } from '../../src/protocol/receipt.ts'
import type { WirePage } from '../../src/protocol/page.ts'
import { callerFrom } from '../../src/server/auth/caller.ts'
import type { InstallRow } from '../../src/server/storage/rows.ts'
import { openSqlite } from '../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../src/server/storage/storage.ts'
import type { Told } from '../../src/server/sync/accept.ts'
import { pagesIn } from '../../src/server/sync/wirePages.ts'
import { openCentre, type Centre } from '../../src/server/sync/centre.ts'
import { centrePen, type Pen } from '../../src/server/sync/pen.ts'
import { localPokes, type Pokes } from '../../src/server/sync/pokes.ts'
import type { PullRequest } from '../../src/server/sync/pull.ts'
import { createSync, type Sync } from '../../src/server/sync/service.ts'
import { pushText, Sealer } from './pages.ts'

/** 2026-11-02 08:00 in Shanghai. */
export const monday = Date.UTC(2026, 10, 2)

export interface TestPhone {
  row: InstallRow
  sealer: Sealer
  member: string
}

/** A centre on a database of its own, with a clock that only the test moves. */
export class TestCentre {
  now = monday
  readonly community = v7()
  readonly compound = v7()
  readonly gate = v7()
  readonly file: string
  storage!: Storage
  centre!: Centre
  pokes!: Pokes
  pen!: Pen
  sync!: Sync
  coordinator!: TestPhone

  readonly #folder = mkdtempSync(join(tmpdir(), 'gatepost-centre-'))

  /** How databases are opened; another driver can take its place. `file` names the database. */
  static open = (file: string): Promise<Storage> => openSqlite({ file, durable: false })

  constructor() {
    this.file = join(this.#folder, 'test.db')
  }

  /** Opens the database and everything on it; again after `stop`, as a restarted server does. */
  async start(wrap: (storage: Storage) => Storage = (storage) => storage): Promise<this> {
    this.storage = wrap(await TestCentre.open(this.file))
    this.centre = await openCentre(this.storage, v7, this.now)
    this.pokes = localPokes()
    const now = (): number => this.now
    const { storage, centre, pokes } = this
    this.pen = centrePen({ storage, centre, pokes, newId: v7, now })
    this.sync = createSync({ storage, centre, pokes, now })
    return this
  }

  /** A community with a coordinator, one compound and one gate. */
  async settle(): Promise<this> {
    await this.start()
    await this.pen.openCommunity(this.community)
    this.coordinator = await this.phone('coordinator')
    const { community, compound, gate } = this
    await this.send(this.coordinator, [
      this.patch('place', community, { level: 'community', name: 'Riverside' }),
      this.patch('place', compound, { level: 'compound', name: 'Garden 1', parent: community }),
      this.patch('post', gate, { type: 'gate', name: 'North gate', place: compound }),
    ])
    return this
  }

  async stop(): Promise<void> {
    await this.storage.close()
  }

  async end(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** A new member with this role at this place, and their phone. */
  async phone(role: Role | null, place: string = this.community, member: string = v7()): Promise<TestPhone> {
    const grants: Grant[] = role ? [{ role, place }] : []
    await this.pen.writeMember(this.community, member, { name: '王小明', grants })
    return this.furtherPhone(member)
  }

  /** Another phone of a member. */
  async furtherPhone(member: string): Promise<TestPhone> {
    const sealer = new Sealer()
    const row: InstallRow = {
      id: sealer.install,
      member,
      community: this.community,
      key: sealer.key,
      device: 'test',
      enrolled: this.now,
      lastHeard: null,
      unsent: null,
      received: 0,
      app: null,
      status: 'active',
      renewedTo: null,
      centre: false,
    }
    await this.storage.write((tx) => tx.insertInstall(row))
    return { row, sealer, member }
  }

  /** A fact without its author; `send` adds them. */
  fact(kind: string, body: Record<string, unknown>, more: Partial<Entry> = {}): Omit<Entry, 'by'> {
    return {
      id: v7(),
      kind,
      v: 1,
      logbook: logbookId('gate', this.compound),
      at: this.now,
      off: 0,
      body,
      ...more,
    }
  }

  passage(more: Record<string, unknown> = {}, envelope: Partial<Entry> = {}): Omit<Entry, 'by'> {
    const body = {
      post: this.gate,
      way: 'in',
      subject: 'person',
      how: 'name',
      name: '张三',
      decision: 'admit',
    }
    return this.fact('passage', { ...body, ...more }, envelope)
  }

  correction(target: string, more: Record<string, unknown>): Omit<Entry, 'by'> {
    return this.fact('correction', { target, ...more })
  }

  patch(
    kind: string,
    record: string,
    body: Record<string, unknown>,
    more: Partial<Entry> = {},
  ): Omit<Entry, 'by'> {
    const purpose = kind === 'member' ? 'people' : kind === 'household' ? 'homes' : 'duty'
    const logbook = logbookId(purpose, purpose === 'homes' ? this.compound : this.community)
    return this.fact(kind, body, { logbook, record, seen: 0, ...more })
  }

  /** Seals entries of a phone and sends them; answers the receipt. */
  async send(phone: TestPhone, entries: readonly object[], told?: Partial<Told>): Promise<Receipt> {
    return this.push(phone.sealer.sealAll(entries.map((entry) => ({ by: phone.member, ...entry }))), told)
  }

  async push(pages: readonly WirePage[], told: Partial<Told> = {}): Promise<Receipt> {
    const answer = await this.answer(pushText(...pages), told)
    if (!answer.ok) throw new Error(`refused: ${answer.problem}`)
    return v.parse(Receipt, JSON.parse(answer.value.body))
  }

  answer(text: string, told: Partial<Told> = {}): ReturnType<Sync['accept']> {
    return this.sync.accept(
      pagesIn(Buffer.from(text)),
      { sentAt: this.now, unsent: null, app: null, ...told },
      this.now,
    )
  }

  async pull(phone: TestPhone, logbook: string, request: Partial<PullRequest> = {}): Promise<PullAnswer> {
    const answer = await this.pullAnswer(phone, logbook, request)
    const read = answer.ok ? readPull(answer.value) : null
    if (!read) throw new Error(`refused: ${answer.ok ? 'unreadable' : answer.problem}`)
    return read
  }

  async pullAnswer(
    phone: TestPhone,
    logbook: string,
    request: Partial<PullRequest> = {},
  ): ReturnType<Sync['pull']> {
    const caller = await callerFrom(this.storage, phone.row)
    const asked = { after: undefined, limit: undefined, all: false, ...request, logbook }
    return this.sync.pull(caller, asked, this.now)
  }
}
