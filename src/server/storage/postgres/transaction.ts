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
import {
  correctionColumns,
  entryColumns,
  erasureColumns,
  heardColumns,
  pageColumns,
  quarantineColumns,
  tallyKeys,
} from './columns.ts'
import { integers } from './lists.ts'
import type { Pipeline } from './pipeline.ts'
import * as sql from './statements.ts'
import { LockingReads } from './lockingReads.ts'

/** Writes of one transaction; lists of rows travel in one statement. */
export class PostgresTransaction extends LockingReads implements Transaction {
  async setMeta(key: string, value: string): Promise<void> {
    this.line.send(sql.setMeta, key, value)
  }

  async putLogbook({ id, purpose, place, path }: Omit<LogbookRow, 'head'>): Promise<void> {
    await this.locks.hold('new-logbook', [id])
    this.line.send(sql.putLogbook, id, purpose, place, JSON.stringify(path))
    this.line.send('delete from logbook_places where logbook = $1', id)
    this.line.send('insert into logbook_places (place, logbook) select unnest($1::text[]), $2', path, id)
  }

  async raiseHead(logbook: string, head: number): Promise<void> {
    this.line.send('update logbooks set head = $1 where id = $2', head, logbook)
  }

  async insertPages(rows: readonly PageRow[]): Promise<void> {
    if (rows.length > 0) this.line.send(sql.insertPages, ...pageColumns(rows))
  }

  async insertEntries(rows: readonly EntryRow[]): Promise<void> {
    if (rows.length > 0) this.line.send(sql.insertEntries, ...entryColumns(rows))
  }

  async putRecord(row: RecordRow, maskedBody: Record<string, unknown> | null): Promise<void> {
    const masked = maskedBody && JSON.stringify(maskedBody)
    const lost = row.lost.length > 0 ? JSON.stringify(row.lost) : null
    const texts = [JSON.stringify(row.body), masked, JSON.stringify(row.fields), lost]
    this.line.send(sql.putRecord, row.logbook, row.kind, row.id, row.seq, row.at, ...texts)
  }

  async putCorrections(rows: readonly CorrectionRow[]): Promise<void> {
    if (rows.length === 0) return
    this.line.send(sql.putCorrections, ...correctionColumns(rows))
  }

  async deleteCorrections(logbook: string, entries: readonly string[]): Promise<void> {
    this.line.send('delete from corrections where logbook = $1 and entry = any($2::text[])', logbook, entries)
  }

  async addTallies(rows: readonly TallyRow[]): Promise<void> {
    if (rows.length === 0) return
    const keys = tallyKeys(rows)
    const counts = rows.map((t) => t.n)
    this.line.send(sql.addTallies, ...keys, integers(counts))
    // Only what was taken away can have come to nothing.
    if (counts.some((n) => n <= 0)) this.line.send(sql.dropTallies, ...keys)
  }

  async quarantine(rows: readonly QuarantineDraft[]): Promise<void> {
    if (rows.length > 0) this.line.send(sql.quarantine, ...quarantineColumns(rows))
  }

  async settleQuarantine(
    id: number,
    status: QuarantineStatus,
    code?: QuarantineDraft['code'],
  ): Promise<void> {
    this.line.send(sql.settleQuarantine, status, code ?? null, id)
  }

  async forgetQuarantined(ids: readonly number[]): Promise<void> {
    this.line.send(sql.forgetQuarantined, ids)
  }

  async forgetSettledQuarantine(before: number): Promise<void> {
    this.line.send(sql.forgetSettled, before)
  }

  async erase(rows: readonly Erasure[]): Promise<void> {
    if (rows.length === 0) return
    this.line.send(sql.erase, ...erasureColumns(rows))
  }

  async noteBulkRead({ at, community, install, member, act, logbook, rows }: BulkRead): Promise<void> {
    this.line.send(sql.noteBulkRead, at, community, install, member, act, logbook, rows)
  }

  async forgetBulkReads(before: number): Promise<void> {
    this.line.send('delete from bulk_reads where at < $1', before)
  }

  async insertInstall(row: InstallRow): Promise<void> {
    insert(this.line, 'installs', { ...toInstall(row) })
  }

  async updateInstall(id: string, changes: InstallChanges): Promise<void> {
    update(this.line, 'installs', id, { ...changes })
  }

  async noteHeard(rows: readonly Heard[]): Promise<void> {
    if (rows.length > 0) this.line.send(sql.noteHeard, ...heardColumns(rows))
  }

  async insertInvitation(row: InvitationRow): Promise<void> {
    insert(this.line, 'invitations', { ...toInvitation(row) })
  }

  async updateInvitation(id: string, changes: InvitationChanges): Promise<void> {
    update(this.line, 'invitations', id, { ...changes })
  }

  async deleteInvitation(id: string): Promise<void> {
    this.line.send('delete from invitations where id = $1', id)
  }
}

type Table = 'installs' | 'invitations'
type Columns = Readonly<Record<string, string | number | null | undefined>>

function insert(line: Pipeline, table: Table, row: Columns): void {
  const names = Object.keys(row)
  const text = `insert into ${table} (${names.map(sql.columnOf).join(', ')})
    values (${names.map((_, i) => `$${i + 1}`).join(', ')})`
  line.sendOnce(text, ...Object.values(row).map((value) => value ?? null))
}

function update(line: Pipeline, table: Table, id: string, changes: Columns): void {
  const given = Object.entries(changes).flatMap(([name, value]) =>
    value === undefined ? [] : [{ column: sql.columnOf(name), value }],
  )
  if (given.length === 0) return
  const sets = given.map(({ column }, i) => `${column} = $${i + 2}`).join(', ')
  line.send(`update ${table} set ${sets} where id = $1`, id, ...given.map(({ value }) => value))
}
