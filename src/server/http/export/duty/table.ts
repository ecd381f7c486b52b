import { sheetOf, type Cells, type Sheet } from '../sheet.ts'
import type { DutyBook } from '../../../../domain/rules/duty/book.ts'
import type { DutyContext } from './context.ts'
import type { Span } from './read.ts'
import { hourCells, measured, stayCells } from './stays.ts'
import { signInCells, signIns } from './units.ts'
import type { DutyTable } from './words.ts'

export interface DutyExport {
  sheet: Sheet
  rows: Cells[]
}

/** Check-ins, hours by person, or sign-ins of units, as a table in the words of a language. */
export function dutyTable(table: DutyTable, book: DutyBook, span: Span, context: DutyContext): DutyExport {
  const { words } = context
  switch (table) {
    case 'checkIns': {
      const { file, columns, headings } = words.tables.checkIns
      const rows = measured(book, span, context).map((one) => stayCells(one, context))
      return { sheet: sheetOf(file, columns, headings), rows }
    }
    case 'hours': {
      const { file, columns, headings } = words.tables.hours
      return {
        sheet: sheetOf(file, columns, headings),
        rows: hourCells(measured(book, span, context), context),
      }
    }
    case 'unitSignIns': {
      const { file, columns, headings } = words.tables.unitSignIns
      const rows = signIns(book, span).map((one) => signInCells(one, context))
      return { sheet: sheetOf(file, columns, headings), rows }
    }
  }
}
