import type { InstallRow, InvitationRow } from '../rows.ts'
import type { PeopleReads } from '../storage.ts'
import type { Raw, Session, Value } from './connection.ts'
import { installFrom, invitationFrom } from '../values.ts'

/** Reads of installs and invitations; the base of the other reads. */
export class PostgresPeople implements PeopleReads {
  protected readonly db: Session

  constructor(db: Session) {
    this.db = db
  }

  async install(id: string): Promise<InstallRow | null> {
    const row = await this.one('select * from installs where id = $1', id)
    return row ? installFrom(row) : null
  }

  async installs(ids: readonly string[]): Promise<InstallRow[]> {
    return (await this.all('select * from installs where id = any($1::text[]) order by id', ids)).map(
      installFrom,
    )
  }

  async installsIn(community: string): Promise<InstallRow[]> {
    const sql = 'select * from installs where community = $1 and centre = 0 order by enrolled, id'
    return (await this.all(sql, community)).map(installFrom)
  }

  async installsOf(member: string): Promise<InstallRow[]> {
    const sql = 'select * from installs where member = $1 order by enrolled, id'
    return (await this.all(sql, member)).map(installFrom)
  }

  async countInstalls(): Promise<number> {
    return Number((await this.one('select count(*) as n from installs where centre = 0'))?.['n'])
  }

  async invitation(id: string): Promise<InvitationRow | null> {
    const row = await this.one('select * from invitations where id = $1', id)
    return row ? invitationFrom(row) : null
  }

  async invitationByHash(tokenHash: string): Promise<InvitationRow | null> {
    const row = await this.one('select * from invitations where token_hash = $1', tokenHash)
    return row ? invitationFrom(row) : null
  }

  async openInvitations(community: string, now: number): Promise<InvitationRow[]> {
    const sql = `select * from invitations where community = $1 and used_at is null and expires > $2
      order by created, id`
    return (await this.all(sql, community, now)).map(invitationFrom)
  }

  protected async one(sql: string, ...values: Value[]): Promise<Raw | undefined> {
    return (await this.all(sql, ...values))[0]
  }

  protected async all(sql: string, ...values: Value[]): Promise<Raw[]> {
    return (await this.db.run(sql, values)).rows
  }
}
