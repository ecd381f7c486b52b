import type Papa from 'papaparse'
import type { SheetData } from 'write-excel-file/node'
import type { Cells, Sheet } from './sheet.ts'

/** Excel opens a CSV as UTF-8 only behind this mark. */
const byteOrderMark = '\uFEFF'

const cells = ({ columns }: Sheet, row: Cells) => columns.map(({ key }) => row[key] ?? '')

/** Text that begins with `= + - @` is quoted by an apostrophe, so that no sheet runs it as a formula. */
const csv = (papa: typeof Papa, rows: (string | number)[][]): string =>
  `${papa.unparse(rows, { escapeFormulae: true, newline: '\r\n' })}\r\n`

/** UTF-8 CSV (RFC 4180), a piece at a time. */
export async function* csvPieces(sheet: Sheet, batches: AsyncIterable<Cells[]>): AsyncGenerator<string> {
  const { default: papa } = await import('papaparse')
  yield byteOrderMark + csv(papa, [sheet.columns.map(({ heading }) => heading)])
  for await (const rows of batches) {
    const lines = rows.map((row) => cells(sheet, row))
    if (lines.length > 0) yield csv(papa, lines)
  }
}

/** An `.xlsx` workbook. Text cells are strings, never formulas, whatever they begin with. */
export async function xlsx({ file, columns }: Sheet, rows: readonly Cells[]): Promise<Buffer> {
  // Loaded when somebody asks for it: a server that only serves phones stays small.
  const { default: writeXlsx } = await import('write-excel-file/node')
  const head = columns.map(({ heading }) => ({ value: heading, fontWeight: 'bold' as const }))
  const data: SheetData = [head, ...rows.map((row) => columns.map(({ key }) => cell(row[key])))]
  return writeXlsx(data, { sheet: file, stickyRowsCount: 1 }).toBuffer()
}

const cell = (value: string | number | undefined) =>
  value === undefined || value === ''
    ? null
    : typeof value === 'number'
      ? { value, type: Number }
      : { value, type: String }
