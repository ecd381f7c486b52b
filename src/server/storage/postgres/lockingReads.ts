import type { InstallRow, InvitationRow, LogbookRow, QuarantineRow } from '../rows.ts'
import { logbookFrom } from '../values.ts'
import type { Locks } from './locks.ts'
import type { Pipeline } from './pipeline.ts'
import { PostgresReads } from './reads.ts'

/**
 * Reads of a transaction. SQLite lets one writer in at a time, so what a transaction reads there stays true until its
 * end. Here that holds for what it reads one by one in order to decide (an install, an invitation, a value of `meta`,
 * something put aside) and for logbooks that it locks: each is held until the end.
 */
export class LockingReads extends PostgresReads {
  protected readonly line: Pipeline
  protected readonly locks: Locks

  constructor(line: Pipeline, locks: Locks) {
    super(line)
    this.line = line
    this.locks = locks
  }

  savepoint<T>(work: () => Promise<T>): Promise<T> {
    return this.line.savepoint(work)
  }

  override async meta(key: string): Promise<string | null> {
    await this.locks.hold('meta', [key])
    return super.meta(key)
  }

  /** Pages of one install go one after another, through whichever process they come. */
  override async install(id: string): Promise<InstallRow | null> {
    await this.locks.hold('install', [id])
    return super.install(id)
  }

  override async installs(ids: readonly string[]): Promise<InstallRow[]> {
    await this.locks.hold('install', ids)
    return super.installs(ids)
  }

  override async invitation(id: string): Promise<InvitationRow | null> {
    await this.locks.hold('invitation', [id])
    return super.invitation(id)
  }

  override async invitationByHash(tokenHash: string): Promise<InvitationRow | null> {
    const found = await super.invitationByHash(tokenHash)
    return found && this.invitation(found.id)
  }

  override async quarantined(id: number): Promise<QuarantineRow | null> {
    await this.locks.hold('quarantine', [String(id).padStart(16, '0')])
    return super.quarantined(id)
  }

  /** One that is not there stays away until the end, so that what waits for it is put aside before it appears. */
  async lock(ids: readonly string[]): Promise<LogbookRow[]> {
    if (ids.length === 0) return []
    const rows = (await this.locks.logbooks(ids)).map(logbookFrom)
    const found = new Set(rows.map((row) => row.id))
    const absent = ids.filter((id) => !found.has(id))
    if (absent.length === 0) return rows
    await this.locks.hold('new-logbook', absent, true)
    return [...rows, ...(await this.locks.logbooks(absent)).map(logbookFrom)]
  }
}
