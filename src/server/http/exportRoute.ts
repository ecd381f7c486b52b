import type { FastifyInstance, FastifyReply } from 'fastify'
import { Readable } from 'node:stream'
import * as v from 'valibot'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { mayAct } from '../../domain/permissions.ts'
import { paths } from '../../protocol/api.ts'
import { standingAt } from '../auth/caller.ts'
import { queryOf } from './body.ts'
import { endpoints } from './endpoint.ts'
import type { Row } from './export/columns.ts'
import { csvPieces, xlsx } from './export/files.ts'
import { exportRows, rowContext } from './export/query.ts'
import { exportLocales, type ExportWords } from './export/words.ts'
import { Problem } from './problem.ts'
import type { Services } from './services.ts'

const time = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number))
const ExportQuery = v.object({
  logbook: v.pipe(v.string(), v.maxLength(60)),
  from: time,
  to: time,
  format: v.picklist(['csv', 'xlsx']),
  locale: v.picklist(exportLocales),
})

/** A workbook is made in memory: beyond this the CSV, which is not, has to serve. */
const xlsxMaxRows = 100_000

/** The gate logbook as a file, for coordinators of the place. */
export function exportRoute(app: FastifyInstance, services: Services): void {
  const { storage } = services
  endpoints(app, services)('GET', paths.export, async (caller, request, reply) => {
    const { format, locale, ...span } = queryOf(ExportQuery, request)
    const gate = parseLogbookId(span.logbook)?.purpose === 'gate'
    if (!gate || !mayAct('export', await standingAt(storage, caller, span.logbook)))
      throw new Problem('not-permitted')
    const context = await rowContext(storage, caller.community, locale)
    const rows = exportRows(storage, span, context)
    if (format === 'csv')
      return file(reply, context.words, 'csv', Readable.from(csvPieces(context.words, rows)))
    return file(reply, context.words, 'xlsx', await xlsx(context.words, await all(rows)))
  })
}

async function all(batches: AsyncIterable<Row[]>): Promise<Row[]> {
  const rows: Row[] = []
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

function file(reply: FastifyReply, words: ExportWords, format: 'csv' | 'xlsx', content: Buffer | Readable) {
  const name = encodeURIComponent(`${words.file}.${format}`)
  return reply
    .type(types[format])
    .header('content-disposition', `attachment; filename="gate.${format}"; filename*=UTF-8''${name}`)
    .send(content)
}
