import type {
  BulkRead,
  EntryRow,
  CorrectionRow,
  InstallRow,
  InvitationRow,
  LogbookRow,
  PageRow,
} from '../rows.ts'
import type { QuarantineDraft, QuarantineStatus, RecordRow, TallyRow } from '../rows.ts'
import type { Erasure, Heard, InstallChanges, InvitationChanges, Transaction } from '../storage.ts'
import { toInstall, toInvitation } from '../text.ts'
import { translated } from './connection.ts'
import { SqliteReads } from './reads.ts'

const insertEntry = `insert into entries
  (logbook, seq, id, install, n, page, kind, record, post, at, received, flags, line, mask, digest)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
const addTally = `insert into tallies (logbook, hour, post, metric, n) values (?, ?, ?, ?, ?)
  on conflict (logbook, hour, post, metric) do update set n = n + excluded.n returning n`
const dropTally = 'delete from tallies where logbook = ? and hour = ? and post = ? and metric = ?'

/** What may change of an install, and the column that it stands in. */
const changeable = [
  ['lastHeard', 'last_heard'],
  ['unsent', 'unsent'],
  ['app', 'app'],
  ['status', 'status'],
  ['renewedTo', 'renewed_to'],
  ['device', 'device'],
] as const satisfies readonly (readonly [keyof InstallChanges, string])[]

/**
 * Writes of one transaction. What is done per push or entry uses prepared statements: building a query costs ten
 * times what running it does. The rest goes through kysely.
 */
export class SqliteTransaction extends SqliteReads implements Transaction {
  #depth = 0

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const name = `s${this.#depth++}`
    this.run(`savepoint ${name}`)
    try {
      const result = await work()
      this.run(`release ${name}`)
      return result
    } catch (error) {
      if (this.db.raw.isTransaction) this.db.run(`rollback to ${name}; release ${name}`)
      throw error
    } finally {
      this.#depth--
    }
  }

  async setMeta(key: string, value: string): Promise<void> {
    this.run(
      'insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value',
      key,
      value,
    )
  }

  /** A transaction here is the only writer, so reading is locking. */
  lock(ids: readonly string[]): Promise<LogbookRow[]> {
    return this.logbooks(ids)
  }

  async putLogbook({ id, purpose, place, path }: Omit<LogbookRow, 'head'>): Promise<void> {
    const sql = `insert into logbooks (id, purpose, place, path, head) values (?, ?, ?, ?, 0)
      on conflict (id) do update set path = excluded.path`
    this.run(sql, id, purpose, place, JSON.stringify(path))
    this.run('delete from logbook_places where logbook = ?', id)
    for (const above of path) this.run('insert into logbook_places (place, logbook) values (?, ?)', above, id)
  }

  async raiseHead(logbook: string, head: number): Promise<void> {
    this.run('update logbooks set head = ? where id = ?', head, logbook)
  }

  async insertPages(rows: readonly PageRow[]): Promise<void> {
    const sql = `insert into pages (install, page, hash, prev, first, count, header_line, signature, received, outcome, digests)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
    for (const row of rows) {
      const { install, page, hash, prev, first, count, headerLine, signature, received, outcome } = row
      const parts = [install, page, hash, prev, first, count, headerLine, signature, received]
      this.run(sql, ...parts, JSON.stringify(outcome), row.digests)
    }
  }

  async insertEntries(rows: readonly EntryRow[]): Promise<void> {
    const statement = this.db.prepare(insertEntry)
    translated(() => {
      for (const e of rows) {
        const { logbook, seq, id, install, n, page, kind, record, post } = e
        const { at, received, flags, line, mask, digest } = e
        // One by one: a list to spread would be made for every entry. And `run` would make an object of what it did.
        statement.get(
          logbook,
          seq,
          id,
          install,
          n,
          page,
          kind,
          record,
          post,
          at,
          received,
          flags,
          line,
          mask,
          digest,
        )
      }
    })
  }

  async putRecord(row: RecordRow, maskedBody: Record<string, unknown> | null): Promise<void> {
    const sql = `insert into records (logbook, kind, id, seq, at, body, masked, fields, lost)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (logbook, kind, id) do update set seq = excluded.seq, at = excluded.at, body = excluded.body,
        masked = excluded.masked, fields = excluded.fields, lost = excluded.lost`
    const masked = maskedBody && JSON.stringify(maskedBody)
    const lost = row.lost.length > 0 ? JSON.stringify(row.lost) : null
    const texts = [JSON.stringify(row.body), masked, JSON.stringify(row.fields), lost]
    this.run(sql, row.logbook, row.kind, row.id, row.seq, row.at, ...texts)
  }

  async putCorrections(rows: readonly CorrectionRow[]): Promise<void> {
    const sql = `insert into corrections (logbook, target, entry, seq, body) values (?, ?, ?, ?, ?)
      on conflict (logbook, target, entry) do update set body = excluded.body`
    for (const { logbook, target, entry, seq, body } of rows)
      this.run(sql, logbook, target, entry, seq, JSON.stringify(body))
  }

  async deleteCorrections(logbook: string, entries: readonly string[]): Promise<void> {
    const sql = 'delete from corrections where logbook = ? and entry in (select value from json_each(?))'
    this.run(sql, logbook, JSON.stringify(entries))
  }

  async addTallies(rows: readonly TallyRow[]): Promise<void> {
    for (const { logbook, hour, post, metric, n } of rows)
      if (this.one(addTally, logbook, hour, post, metric, n)?.['n'] === 0)
        this.run(dropTally, logbook, hour, post, metric)
  }

  async quarantine(rows: readonly QuarantineDraft[]): Promise<void> {
    const sql = `insert into quarantine
      (install, member, community, n, page, code, held, logbook, line, received, arrival_off, status)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`
    for (const q of rows)
      this.run(
        sql,
        ...[q.install, q.member, q.community, q.n, q.page, q.code, q.held ? 1 : 0, q.logbook, q.line],
        ...[q.received, q.arrivalOff],
      )
  }

  async settleQuarantine(
    id: number,
    status: QuarantineStatus,
    code?: QuarantineDraft['code'],
  ): Promise<void> {
    this.run(
      'update quarantine set status = ?, code = coalesce(?, code) where id = ?',
      status,
      code ?? null,
      id,
    )
  }

  async forgetQuarantined(ids: readonly number[]): Promise<void> {
    const sql = `update quarantine set line = '', status = case status when 'open' then 'dismissed' else status end
      where id in (select value from json_each(?))`
    this.run(sql, JSON.stringify(ids))
  }

  async forgetSettledQuarantine(before: number): Promise<void> {
    this.run("update quarantine set line = '' where status <> 'open' and received < ? and line <> ''", before)
  }

  async erase(rows: readonly Erasure[]): Promise<void> {
    const sql = 'update entries set line = ?, mask = ?, digest = ? where logbook = ? and seq = ?'
    for (const { logbook, seq, digest, line, mask } of rows) this.run(sql, line, mask, digest, logbook, seq)
  }

  async noteBulkRead({ at, community, install, member, act, logbook, rows }: BulkRead): Promise<void> {
    const sql = `insert into bulk_reads (at, community, install, member, act, logbook, rows)
      values (?, ?, ?, ?, ?, ?, ?)`
    this.run(sql, at, community, install, member, act, logbook, rows)
  }

  async forgetBulkReads(before: number): Promise<void> {
    this.run('delete from bulk_reads where at < ?', before)
  }

  async insertInstall(row: InstallRow): Promise<void> {
    await this.db.query.insertInto('installs').values(toInstall(row)).execute()
  }

  async updateInstall(id: string, changes: InstallChanges): Promise<void> {
    const given = changeable.filter(([name]) => changes[name] !== undefined)
    if (given.length === 0) return
    const sql = `update installs set ${given.map(([, column]) => `${column} = ?`).join(', ')} where id = ?`
    this.run(sql, ...given.map(([name]) => changes[name] ?? null), id)
  }

  async noteHeard(rows: readonly Heard[]): Promise<void> {
    const sql = `update installs set received = received + ?, last_heard = coalesce(?, last_heard),
      unsent = coalesce(?, unsent), app = coalesce(?, app) where id = ?`
    for (const { install, fresh, lastHeard, unsent, app } of rows)
      this.run(sql, fresh, lastHeard, unsent, app, install)
  }

  async insertInvitation(row: InvitationRow): Promise<void> {
    await this.db.query.insertInto('invitations').values(toInvitation(row)).execute()
  }

  async updateInvitation(id: string, changes: InvitationChanges): Promise<void> {
    if (Object.keys(changes).length === 0) return
    await this.db.query.updateTable('invitations').set(changes).where('id', '=', id).execute()
  }

  async deleteInvitation(id: string): Promise<void> {
    await this.db.query.deleteFrom('invitations').where('id', '=', id).execute()
  }
}
