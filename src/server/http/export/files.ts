import type Papa from 'papaparse'
import type { SheetData } from 'write-excel-file/node'
import { columns, type Row } from './columns.ts'
import type { ExportWords } from './words.ts'

/** Excel opens a CSV as UTF-8 only behind this mark. */
const byteOrderMark = '\uFEFF'

const cells = (row: Row) => columns.map((column) => row[column] ?? '')

/** Text that begins with `= + - @` is quoted by an apostrophe, so that no sheet runs it as a formula. */
const csv = (papa: typeof Papa, rows: (string | number)[][]): string =>
  `${papa.unparse(rows, { escapeFormulae: true, newline: '\r\n' })}\r\n`

/** UTF-8 CSV (RFC 4180), a piece at a time. */
export async function* csvPieces(words: ExportWords, batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  const { default: papa } = await import('papaparse')
  yield byteOrderMark + csv(papa, [columns.map((column) => words.headings[column])])
  for await (const rows of batches) if (rows.length > 0) yield csv(papa, rows.map(cells))
}

/** An `.xlsx` workbook. Text cells are strings, never formulas, whatever they begin with. */
export async function xlsx(words: ExportWords, rows: readonly Row[]): Promise<Buffer> {
  // Loaded when somebody asks for it: a server that only serves phones stays small.
  const { default: writeXlsx } = await import('write-excel-file/node')
  const heading = columns.map((column) => ({ value: words.headings[column], fontWeight: 'bold' as const }))
  const data: SheetData = [heading, ...rows.map((row) => columns.map((column) => cell(row[column])))]
  return writeXlsx(data, { sheet: words.file, stickyRowsCount: 1 }).toBuffer()
}

const cell = (value: string | number | undefined) =>
  value === undefined || value === ''
    ? null
    : typeof value === 'number'
      ? { value, type: Number }
      : { value, type: String }
