import type { SQLInputValue } from 'node:sqlite'
import type { InstallRow, InvitationRow } from '../rows.ts'
import type { PeopleReads } from '../storage.ts'
import { fromInstall, fromInvitation } from '../text.ts'
import { translated, type Connection } from './connection.ts'
import { installFrom, type Raw } from '../values.ts'

/** Reads of installs and invitations; the base of the other reads. */
export class SqlitePeople implements PeopleReads {
  protected readonly db: Connection

  constructor(db: Connection) {
    this.db = db
  }

  async install(id: string): Promise<InstallRow | null> {
    const row = this.one('select * from installs where id = ?', id)
    return row ? installFrom(row) : null
  }

  async installs(ids: readonly string[]): Promise<InstallRow[]> {
    const sql = 'select * from installs where id in (select value from json_each(?)) order by id'
    return this.all(sql, JSON.stringify(ids)).map(installFrom)
  }

  async installsIn(community: string): Promise<InstallRow[]> {
    const asked = this.db.query.selectFrom('installs').selectAll().where('community', '=', community)
    return (await asked.where('centre', '=', 0).orderBy('enrolled').orderBy('id').execute()).map(fromInstall)
  }

  async installsOf(member: string): Promise<InstallRow[]> {
    const asked = this.db.query.selectFrom('installs').selectAll().where('member', '=', member)
    return (await asked.orderBy('enrolled').orderBy('id').execute()).map(fromInstall)
  }

  async countInstalls(): Promise<number> {
    return Number(this.one('select count(*) as n from installs where centre = 0')?.['n'])
  }

  async invitation(id: string): Promise<InvitationRow | null> {
    const asked = this.db.query.selectFrom('invitations').selectAll().where('id', '=', id)
    const row = await asked.executeTakeFirst()
    return row ? fromInvitation(row) : null
  }

  async invitationByHash(tokenHash: string): Promise<InvitationRow | null> {
    const asked = this.db.query.selectFrom('invitations').selectAll().where('tokenHash', '=', tokenHash)
    const row = await asked.executeTakeFirst()
    return row ? fromInvitation(row) : null
  }

  async openInvitations(community: string, now: number): Promise<InvitationRow[]> {
    const open = this.db.query
      .selectFrom('invitations')
      .selectAll()
      .where('community', '=', community)
      .where('usedAt', 'is', null)
      .where('expires', '>', now)
    return (await open.orderBy('created').orderBy('id').execute()).map(fromInvitation)
  }

  protected one(sql: string, ...values: SQLInputValue[]): Raw | undefined {
    return translated(() => this.db.prepare(sql).get(...values))
  }

  protected all(sql: string, ...values: SQLInputValue[]): Raw[] {
    return translated(() => this.db.prepare(sql).all(...values))
  }

  protected run(sql: string, ...values: SQLInputValue[]): void {
    translated(() => this.db.prepare(sql).run(...values))
  }
}
