import { migrationNames } from '../migrations/index.ts'
import type { BulkRead, Extent, Figures, InstallRow } from '../rows.ts'
import type { CareReads } from '../storage.ts'
import * as from from '../values.ts'
import { PostgresPeople } from './people.ts'

export class PostgresCare extends PostgresPeople implements CareReads {
  async ahead(): Promise<string | null> {
    const names = (await this.all('select name from kysely_migration')).map((row) => String(row['name']))
    return names.find((name) => !migrationNames.includes(name)) ?? null
  }

  async figures(community?: string): Promise<Figures> {
    const phones = `select count(*) filter (where status = 'active') as phones,
        (sum(unsent) filter (where status = 'active'))::bigint as unsent,
        min(last_heard) filter (where status = 'active' and unsent > 0) as since,
        sum(received)::bigint as received
      from installs where centre = 0 and ($1::text is null or community = $1)`
    const aside = `select count(*) as aside, sum(held)::bigint as held from quarantine
      where status = 'open' and ($1::text is null or community = $1)`
    const of = community ?? null
    return from.figuresFrom((await this.one(phones, of)) ?? {}, (await this.one(aside, of)) ?? {})
  }

  async extent(): Promise<Extent> {
    const row = await this.one('select pg_database_size(current_database()) as bytes')
    return { kind: 'postgres', bytes: Number(row?.['bytes'] ?? 0) }
  }

  async installsAfter(after: string, limit: number): Promise<InstallRow[]> {
    const sql = 'select * from installs where id > $1 order by id limit $2'
    return (await this.all(sql, after, limit)).map(from.installFrom)
  }

  async pageNumbers(install: string, after: number, limit: number): Promise<number[]> {
    const sql = 'select distinct page from pages where install = $1 and page > $2 order by page limit $3'
    return (await this.all(sql, install, after, limit)).map((row) => Number(row['page']))
  }

  async countEntries(logbook: string, upTo: number): Promise<number> {
    const sql = 'select count(*) as n from entries where logbook = $1 and seq <= $2'
    return Number((await this.one(sql, logbook, upTo))?.['n'] ?? 0)
  }

  async bulkReads(community: string, limit: number): Promise<BulkRead[]> {
    const sql = 'select * from bulk_reads where community = $1 order by id desc limit $2'
    return (await this.all(sql, community, limit)).map(from.bulkReadFrom)
  }
}
