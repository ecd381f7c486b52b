import { migrationNames } from '../migrations/index.ts'
import type { BulkRead, Extent, Figures, InstallRow } from '../rows.ts'
import type { CareReads } from '../storage.ts'
import * as from from '../values.ts'
import { SqlitePeople } from './people.ts'

export class SqliteCare extends SqlitePeople implements CareReads {
  async ahead(): Promise<string | null> {
    const names = this.all('select name from kysely_migration').map((row) => String(row['name']))
    return names.find((name) => !migrationNames.includes(name)) ?? null
  }

  async figures(community?: string): Promise<Figures> {
    const phones = `select count(*) filter (where status = 'active') as phones,
        sum(unsent) filter (where status = 'active') as unsent,
        min(last_heard) filter (where status = 'active' and unsent > 0) as since, sum(received) as received
      from installs where centre = 0 and (?1 is null or community = ?1)`
    const aside = `select count(*) as aside, sum(held) as held from quarantine
      where status = 'open' and (?1 is null or community = ?1)`
    const of = community ?? null
    return from.figuresFrom(this.one(phones, of) ?? {}, this.one(aside, of) ?? {})
  }

  async extent(): Promise<Extent> {
    const sql = 'select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()'
    return { kind: 'sqlite', bytes: Number(this.one(sql)?.['bytes'] ?? 0) }
  }

  async installsAfter(after: string, limit: number): Promise<InstallRow[]> {
    return this.all('select * from installs where id > ? order by id limit ?', after, limit).map(
      from.installFrom,
    )
  }

  async pageNumbers(install: string, after: number, limit: number): Promise<number[]> {
    const sql = 'select distinct page from pages where install = ? and page > ? order by page limit ?'
    return this.all(sql, install, after, limit).map((row) => Number(row['page']))
  }

  async countEntries(logbook: string, upTo: number): Promise<number> {
    const sql = 'select count(*) as n from entries where logbook = ? and seq <= ?'
    return Number(this.one(sql, logbook, upTo)?.['n'] ?? 0)
  }

  async bulkReads(community: string, limit: number): Promise<BulkRead[]> {
    const sql = 'select * from bulk_reads where community = ? order by id desc limit ?'
    return this.all(sql, community, limit).map(from.bulkReadFrom)
  }
}
