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
import { SqliteCare } from './care.ts'
import { putAsideColumns } from '../text.ts'
import * as from from '../values.ts'

/** A list that travels as one JSON parameter. */
const list = 'select value from json_each(?)'

/** The same for a join, in which what is named twice would be found twice. */
const once = (values: readonly string[]): string => JSON.stringify([...new Set(values)])

export class SqliteReads extends SqliteCare implements Reads, LogReads {
  async meta(key: string): Promise<string | null> {
    const value = this.one('select value from meta where key = ?', key)?.['value']
    return typeof value === 'string' ? value : null
  }

  async logbook(id: string): Promise<LogbookRow | null> {
    const row = this.one('select * from logbooks where id = ?', id)
    return row ? from.logbookFrom(row) : null
  }

  async logbooks(ids: readonly string[]): Promise<LogbookRow[]> {
    const sql = `select * from logbooks where id in (${list}) order by id`
    return this.all(sql, JSON.stringify(ids)).map(from.logbookFrom)
  }

  async logbooksUnder(places: readonly string[]): Promise<LogbookRow[]> {
    const sql = `select * from logbooks where id in
      (select logbook from logbook_places where place in (${list})) order by id`
    return this.all(sql, JSON.stringify(places)).map(from.logbookFrom)
  }

  async communities(): Promise<string[]> {
    return this.all("select place from logbooks where purpose = 'people' order by place").map((row) =>
      String(row['place']),
    )
  }

  async pages(install: string, numbers: readonly number[]): Promise<PageRow[]> {
    return this.pagesAt(numbers.map((page) => ({ install, page })))
  }

  async pagesAt(places: readonly Pick<PageRow, 'install' | 'page'>[]): Promise<PageRow[]> {
    const sql = `select * from pages where install = ? and page in (${list}) order by page, received`
    return [...Map.groupBy(places, ({ install }) => install)].flatMap(([install, group]) =>
      this.all(sql, install, JSON.stringify(group.map(({ page }) => page))).map(from.pageFrom),
    )
  }

  async pagesOf(install: string): Promise<PageRow[]> {
    return this.all('select * from pages where install = ? order by page, received', install).map(
      from.pageFrom,
    )
  }

  async entriesById(logbooks: readonly string[], ids: readonly string[]): Promise<EntryRow[]> {
    // By its own guess SQLite would read whole logbooks, and of a condition it would make a table of its own first.
    const sql = `select entries.* from json_each(?) l cross join json_each(?) i
      cross join entries indexed by entries_by_id on entries.id = i.value and entries.logbook = l.value`
    return this.all(sql, once(logbooks), once(ids)).map(from.entryFrom)
  }

  async entriesOf(install: string): Promise<EntryRow[]> {
    return this.all('select * from entries where install = ? order by n, page', install).map(from.entryFrom)
  }

  async entries(query: EntriesQuery): Promise<EntryRow[]> {
    const sql = `select * from entries where logbook = ?1 and seq > ?2
      and (?3 is null or kind in (select value from json_each(?3)))
      and (?4 is null or at >= ?4) and (?5 is null or at < ?5) order by seq limit ?6`
    const kinds = query.kinds ? JSON.stringify(query.kinds) : null
    const { logbook, after, atFrom = null, atTo = null, limit } = query
    return this.all(sql, logbook, after, kinds, atFrom, atTo, limit).map(from.entryFrom)
  }

  async facts(query: FactsQuery): Promise<FactPart[]> {
    const sql = `select seq, kind, at, flags, line, mask from entries
      where logbook = ?1 and seq > ?2 and seq <= ?3 and kind in (select value from json_each(?4))
      and line is not null
      and (?5 is null or install <> ?5 or kind in (select value from json_each(?6)))
      and (?7 is null or received >= coalesce(json_extract(?7, '$.' || kind), 0))
      order by seq limit ?8`
    const kinds = JSON.stringify(query.kinds)
    const windows = query.receivedFrom ? JSON.stringify(query.receivedFrom) : null
    const { install = null, unless = [] } = query.without ?? {}
    const own = [install, JSON.stringify(unless)]
    return this.all(
      sql,
      ...[query.logbook, query.after, query.upTo, kinds, ...own, windows, query.limit],
    ).map(from.factFrom)
  }

  async docs(query: RowsQuery): Promise<DocPart[]> {
    const sql = `select seq, kind, id, at, body, masked, lost from records
      where logbook = ? and seq > ? and seq <= ? and kind in (${list}) order by seq limit ?`
    const kinds = JSON.stringify(query.kinds)
    return this.all(sql, query.logbook, query.after, query.upTo, kinds, query.limit).map(from.docFrom)
  }

  /** Arrival times rise with the order number, so the place is found by halving, without an index of its own. */
  async seqSince(logbook: string, received: number): Promise<number> {
    const sql = 'select received from entries where logbook = ? and seq >= ? order by seq limit 1'
    let [low, high] = [1, ((await this.logbook(logbook))?.head ?? 0) + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      const at = this.one(sql, logbook, middle)?.['received']
      if (typeof at === 'number' && at < received) low = middle + 1
      else high = middle
    }
    return low
  }

  async record({ logbook, kind, id }: RecordKey): Promise<RecordRow | null> {
    const row = this.one('select * from records where logbook = ? and kind = ? and id = ?', logbook, kind, id)
    return row ? from.recordFrom(row) : null
  }

  async records(logbook: string, kind: string, ids?: readonly string[]): Promise<RecordRow[]> {
    const some = ids ? ` and id in (${list})` : ''
    const sql = `select * from records where logbook = ? and kind = ?${some} order by id`
    return this.all(sql, logbook, kind, ...(ids ? [JSON.stringify(ids)] : [])).map(from.recordFrom)
  }

  async corrections(logbook: string, targets: readonly string[]): Promise<CorrectionRow[]> {
    const sql = `select corrections.* from json_each(?) t
      cross join corrections on logbook = ? and target = t.value order by seq`
    return this.all(sql, once(targets), logbook).map(from.correctionFrom)
  }

  async tallies(logbook: string, first: number, before: number): Promise<TallyRow[]> {
    const sql =
      'select * from tallies where logbook = ? and hour >= ? and hour < ? order by hour, post, metric'
    return this.all(sql, logbook, first, before).map(from.tallyFrom)
  }

  async quarantined(id: number): Promise<QuarantineRow | null> {
    const row = this.one('select * from quarantine where id = ?', id)
    return row ? from.quarantineFrom(row) : null
  }

  async quarantineIn(
    community: string,
    limit: number,
    status?: QuarantineStatus,
    atMost = Number.MAX_SAFE_INTEGER,
  ): Promise<QuarantineRow[]> {
    const sql = `select ${putAsideColumns}, case when octet_length(line) > ?4 then substr(line, 1, ?4) else line end line
      from quarantine where community = ?1 and (?2 is null or status = ?2) order by id desc limit ?3`
    return this.all(sql, community, status ?? null, limit, atMost).map(from.quarantineFrom)
  }

  async quarantineOf(install: string): Promise<QuarantineRow[]> {
    return this.all('select * from quarantine where install = ? order by n, id', install).map(
      from.quarantineFrom,
    )
  }

  async openOf(install: string, page: number): Promise<OpenAside[]> {
    const sql = `select id, n, code, held, octet_length(line) bytes from quarantine
      where install = ? and page = ? and status = 'open' order by n, id`
    return this.all(sql, install, page).map(from.openAsideFrom)
  }

  async held(after: number, limit: number, logbook?: string): Promise<QuarantineRow[]> {
    const sql = `select * from quarantine where held = 1 and status = 'open' and id > ?1
      and (?2 is null or logbook = ?2) order by id limit ?3`
    return this.all(sql, after, logbook ?? null, limit).map(from.quarantineFrom)
  }
}
