import type { FastifyInstance, FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { mayAct } from '../../domain/permissions.ts'
import { paths } from '../../protocol/api.ts'
import { noteBulkRead } from '../auth/bulkReads.ts'
import { standingAt } from '../auth/caller.ts'
import { queryOf } from './body.ts'
import { endpoints } from './endpoint.ts'
import { columns } from './export/columns.ts'
import { dutyContext } from './export/duty/context.ts'
import { dutyTrust } from './export/duty/proofs.ts'
import { readDuty } from './export/duty/read.ts'
import { dutyTable } from './export/duty/table.ts'
import type { DutyTable } from './export/duty/words.ts'
import { csvPieces, xlsx } from './export/files.ts'
import { exportRows, rowContext } from './export/query.ts'
import { sheetOf, type Cells, type Sheet } from './export/sheet.ts'
import type { ExportLocale } from './export/words.ts'
import { Problem } from './problem.ts'
import { ExportQuery } from './queries.ts'
import type { Services } from './services.ts'
import { answered } from './shedding.ts'
import { Turnstile } from './turnstile.ts'

/** A workbook is made in memory: beyond this the CSV, which is not, has to serve. */
const xlsxMaxRows = 100_000
const workbooks = new Turnstile(1)
/** So is what is read of a duty logbook. */
const dutyBooks = new Turnstile(1)

interface Exported {
  sheet: Sheet
  batches: AsyncIterable<Cells[]>
}
interface Span {
  logbook: string
  from: number
  to: number
}

async function gateExport(
  { storage }: Services,
  community: string,
  span: Span,
  locale: ExportLocale,
): Promise<Exported> {
  const context = await rowContext(storage, community, locale)
  const { file: name, headings } = context.words
  return { sheet: sheetOf(name, columns, headings), batches: exportRows(storage, span, context) }
}

async function* oneBatch(rows: Cells[]): AsyncGenerator<Cells[]> {
  yield rows
}

async function dutyExport(
  { storage, centre, now }: Services,
  community: string,
  span: Span,
  locale: ExportLocale,
  table: DutyTable,
): Promise<Exported> {
  const book = await readDuty(storage, span)
  if (!book) throw new Problem('too-large')
  const trust = await dutyTrust(storage, book, span.logbook, centre.serverKey)
  const context = await dutyContext(storage, community, locale, now(), trust)
  const { sheet, rows } = dutyTable(table, book, span, context)
  return { sheet, batches: oneBatch(rows) }
}

/** The gate logbook, or check-ins, hours and units of the duty logbook, as a file, for coordinators of the place. */
export function exportRoute(app: FastifyInstance, services: Services): void {
  const { storage, now } = services
  endpoints(app, services)('GET', paths.export, async (caller, request, reply) => {
    const { format, locale, table, ...span } = queryOf(ExportQuery, request)
    const purpose = parseLogbookId(span.logbook)?.purpose
    const isOurs = purpose === 'gate' || purpose === 'duty'
    if (!isOurs || !mayAct('export', await standingAt(storage, caller, span.logbook)))
      throw new Problem('not-permitted')
    const { sheet, batches } = await (purpose === 'gate'
      ? gateExport(services, caller.community, span, locale)
      : dutyBooks.pass(() => dutyExport(services, caller.community, span, locale, table)))
    const note = (n: number) => noteBulkRead(storage, caller, 'export', span.logbook, n, now())
    const rows = await onRecord(batches, note)
    if (format === 'csv') return file(reply, sheet, purpose, 'csv', Readable.from(csvPieces(sheet, rows)))
    const workbook = () => answered(request, async () => xlsx(sheet, await all(rows)))
    return file(reply, sheet, purpose, 'xlsx', await workbooks.pass(workbook))
  })
}

type Note = (rows: number) => Promise<void>

/** The first rows are on record before any goes out: what can't be noted is not to be read. */
async function onRecord(batches: AsyncIterable<Cells[]>, note: Note): Promise<AsyncIterable<Cells[]>> {
  const source = batches[Symbol.asyncIterator]()
  const first = await source.next()
  const begun = first.done ? [] : first.value
  await note(begun.length)
  return counted(begun, { [Symbol.asyncIterator]: () => source }, note)
}

/** Says how many rows went out after the first ones, also where somebody stopped half-way. */
async function* counted(begun: Cells[], rest: AsyncIterable<Cells[]>, note: Note): AsyncGenerator<Cells[]> {
  let rows = 0
  try {
    yield begun
    for await (const batch of rest) {
      rows += batch.length
      yield batch
    }
  } finally {
    if (rows > 0) await note(rows)
  }
}

async function all(batches: AsyncIterable<Cells[]>): Promise<Cells[]> {
  const rows: Cells[] = []
  for await (const batch of batches) {
    rows.push(...batch)
    if (rows.length > xlsxMaxRows) throw new Problem('too-large')
  }
  return rows
}

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

function file(
  reply: FastifyReply,
  sheet: Sheet,
  plain: 'gate' | 'duty',
  format: 'csv' | 'xlsx',
  content: Buffer | Readable,
) {
  const name = encodeURIComponent(`${sheet.file}.${format}`)
  return reply
    .type(types[format])
    .header('content-disposition', `attachment; filename="${plain}.${format}"; filename*=UTF-8''${name}`)
    .send(content)
}
