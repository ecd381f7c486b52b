import type { LogReads } from '../storage.ts'
import type { EntriesQuery, FactPart, FactsQuery, DocPart, RowsQuery, Reads } from '../storage.ts'
import type {
  CorrectionRow,
  EntryRow,
  LogbookRow,
  OpenAside,
  PageRow,
  QuarantineRow,
  QuarantineStatus,
} from '../rows.ts'
import type { RecordKey, RecordRow, TallyRow } from '../rows.ts'
import { putAsideColumns } from '../text.ts'
import * as from from '../values.ts'
import type { Value } from './connection.ts'
import { PostgresCare } from './care.ts'
import { integers, texts } from './lists.ts'
import { unescaped } from './zero.ts'

/** Arrival times rise with the order number, so the place is found by halving, without an index of its own. */
const seqSince = `with recursive span (low, high) as (
    select 1::bigint, head + 1 from logbooks where id = $1
    union all
    select case when early then middle + 1 else low end, case when early then high else middle end
    from span
      cross join lateral (select (low + high) / 2 as middle) m
      cross join lateral (select coalesce((select received from entries
        where logbook = $1 and seq >= middle order by seq limit 1) < $2::bigint, false) as early) e
    where low < high
  ) select low from span where low >= high`

/**
 * One by one: given both lists at once, PostgreSQL reads whole logbooks as long as it takes them to be short, and
 * remembers that plan.
 */
export const entriesById = `select found.* from unnest($1::text[]) l (logbook) cross join unnest($2::text[]) i (id)
  cross join lateral
    (select * from entries where entries.logbook = l.logbook and entries.id = i.id limit 1) found`

/** A list joined to would answer as often as it names an id. */
const eachOnce = (values: readonly string[]): string[] => [...new Set(values)]

export class PostgresReads extends PostgresCare implements Reads, LogReads {
  async meta(key: string): Promise<string | null> {
    const value = (await this.one('select value from meta where key = $1', key))?.['value']
    return typeof value === 'string' ? value : null
  }

  async logbook(id: string): Promise<LogbookRow | null> {
    const row = await this.one('select * from logbooks where id = $1', id)
    return row ? from.logbookFrom(row) : null
  }

  async logbooks(ids: readonly string[]): Promise<LogbookRow[]> {
    if (ids.length === 0) return []
    const sql = 'select * from logbooks where id = any($1::text[]) order by id'
    return (await this.all(sql, ids)).map(from.logbookFrom)
  }

  async logbooksUnder(places: readonly string[]): Promise<LogbookRow[]> {
    const sql = `select * from logbooks where id in
      (select logbook from logbook_places where place = any($1::text[])) order by id`
    return (await this.all(sql, places)).map(from.logbookFrom)
  }

  async communities(): Promise<string[]> {
    const sql = "select place from logbooks where purpose = 'people' order by place"
    return (await this.all(sql)).map((row) => String(row['place']))
  }

  async pages(install: string, numbers: readonly number[]): Promise<PageRow[]> {
    const sql =
      'select * from pages where install = $1 and page = any($2::bigint[]) order by page, received, hash'
    return (await this.all(sql, install, numbers)).map(from.pageFrom)
  }

  async pagesAt(places: readonly Pick<PageRow, 'install' | 'page'>[]): Promise<PageRow[]> {
    const sql = `select found.* from unnest($1::text[], $2::bigint[]) at (install, page)
      join pages found on found.install = at.install and found.page = at.page
      order by found.install, found.page, found.received, found.hash`
    const distinct = new Map(places.map((at) => [`${at.install} ${at.page}`, at]))
    const each = [...distinct.values()]
    const values = [texts(each.map((at) => at.install)), integers(each.map((at) => at.page))]
    return (await this.all(sql, ...values)).map(from.pageFrom)
  }

  async pagesOf(install: string): Promise<PageRow[]> {
    const sql = 'select * from pages where install = $1 order by page, received, hash'
    return (await this.all(sql, install)).map(from.pageFrom)
  }

  async entriesById(logbooks: readonly string[], ids: readonly string[]): Promise<EntryRow[]> {
    if (logbooks.length === 0 || ids.length === 0) return []
    return (await this.all(entriesById, texts(eachOnce(logbooks)), texts(eachOnce(ids)))).map(from.entryFrom)
  }

  async entriesOf(install: string): Promise<EntryRow[]> {
    const sql = 'select * from entries where install = $1 order by n, page'
    return (await this.all(sql, install)).map(from.entryFrom)
  }

  async entries(query: EntriesQuery): Promise<EntryRow[]> {
    const { logbook, after, limit, kinds, atFrom = -Infinity, atTo = Infinity } = query
    const some = kinds ? ' and kind = any($6::text[])' : ''
    const sql = `select * from entries where logbook = $1 and seq > $2 and at >= $3 and at < $4${some}
      order by seq limit $5`
    const values: Value[] = [logbook, after, atFrom, atTo, limit]
    return (await this.all(sql, ...values, ...(kinds ? [kinds] : []))).map(from.entryFrom)
  }

  async facts(query: FactsQuery): Promise<FactPart[]> {
    const { logbook, after, upTo, kinds, limit, without, receivedFrom } = query
    const values: Value[] = [logbook, after, upTo, kinds, limit]
    const add = (value: Value): string => `$${values.push(value)}`
    const others = without
      ? ` and (install <> ${add(without.install)} or kind = any(${add(without.unless)}::text[]))`
      : ''
    const recent = receivedFrom
      ? ` and received >= coalesce((${add(JSON.stringify(receivedFrom))}::jsonb ->> kind)::bigint, 0)`
      : ''
    const sql = `select seq, kind, at, flags, line, mask from entries
      where logbook = $1 and seq > $2 and seq <= $3 and kind = any($4::text[]) and line is not null
      ${others}${recent} order by seq limit $5`
    return (await this.all(sql, ...values)).map(from.factFrom)
  }

  async docs({ logbook, after, upTo, kinds, limit }: RowsQuery): Promise<DocPart[]> {
    const sql = `select seq, kind, id, at, body, masked, lost from records
      where logbook = $1 and seq > $2 and seq <= $3 and kind = any($4::text[]) order by seq limit $5`
    return (await this.all(sql, logbook, after, upTo, kinds, limit)).map(from.docFrom)
  }

  async seqSince(logbook: string, received: number): Promise<number> {
    return Number((await this.one(seqSince, logbook, received))?.['low'] ?? 1)
  }

  async record({ logbook, kind, id }: RecordKey): Promise<RecordRow | null> {
    const sql = 'select * from records where logbook = $1 and kind = $2 and id = $3'
    const row = await this.one(sql, logbook, kind, id)
    return row ? from.recordFrom(row) : null
  }

  async records(logbook: string, kind: string, ids?: readonly string[]): Promise<RecordRow[]> {
    const some = ids ? ' and id = any($3::text[])' : ''
    const sql = `select * from records where logbook = $1 and kind = $2${some} order by id`
    return (await this.all(sql, logbook, kind, ...(ids ? [ids] : []))).map(from.recordFrom)
  }

  async corrections(logbook: string, targets: readonly string[]): Promise<CorrectionRow[]> {
    if (targets.length === 0) return []
    const sql = 'select * from corrections where logbook = $1 and target = any($2::text[]) order by seq'
    return (await this.all(sql, logbook, texts(targets))).map(from.correctionFrom)
  }

  async tallies(logbook: string, first: number, before: number): Promise<TallyRow[]> {
    const sql =
      'select * from tallies where logbook = $1 and hour >= $2 and hour < $3 order by hour, post, metric'
    return (await this.all(sql, logbook, first, before)).map(from.tallyFrom)
  }

  async quarantined(id: number): Promise<QuarantineRow | null> {
    const row = await this.one('select * from quarantine where id = $1', id)
    return row ? from.quarantineFrom(row) : null
  }

  async quarantineIn(
    community: string,
    limit: number,
    status?: QuarantineStatus,
    atMost = 2 ** 31 - 1,
  ): Promise<QuarantineRow[]> {
    const some = status === undefined ? '' : ' and status = $4'
    const sql = `select ${putAsideColumns},
        case when octet_length(line) > $3::integer then left(line, $3::integer) else line end line
      from quarantine where community = $1${some} order by id desc limit $2`
    const values = [community, limit, atMost, ...(status === undefined ? [] : [status])]
    return (await this.all(sql, ...values)).map(from.quarantineFrom)
  }

  async quarantineOf(install: string): Promise<QuarantineRow[]> {
    const sql = 'select * from quarantine where install = $1 order by n, id'
    return (await this.all(sql, install)).map(from.quarantineFrom)
  }

  async openOf(install: string, page: number): Promise<OpenAside[]> {
    const sql = `select id, n, code, held, octet_length(${unescaped('line')}) as bytes from quarantine
      where install = $1 and page = $2 and status = 'open' order by n, id`
    return (await this.all(sql, install, page)).map(from.openAsideFrom)
  }

  async held(after: number, limit: number, logbook?: string): Promise<QuarantineRow[]> {
    const some = logbook === undefined ? '' : ' and logbook = $3'
    const sql = `select * from quarantine where held = 1 and status = 'open' and id > $1${some}
      order by id limit $2`
    return (await this.all(sql, after, limit, ...(logbook === undefined ? [] : [logbook]))).map(
      from.quarantineFrom,
    )
  }
}
