import { localTime } from '../../../domain/rules/localTime.ts'
import { columns, type Column, type Row } from './columns.ts'
import type { GateFact } from './corrected.ts'
import type { ExportWords } from './words.ts'

/** What a row needs to know beside the entry. */
export interface RowContext {
  /** IANA zone of the community. */
  zone: string
  words: ExportWords
  posts: ReadonlyMap<string, string>
  members: ReadonlyMap<string, string>
}

/** One line of the export: the entry as it reads now; what it said before its corrections stands beside it. */
export function exportRow(fact: GateFact, context: RowContext): Row {
  const { words, members } = context
  const { day, minute } = localTime(fact.row.at, context.zone)
  const skewed = fact.row.flags?.includes('skew') ?? false
  return {
    ...fields(fact, context),
    date: day,
    time: `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`,
    corrected: word(words, standing(fact)),
    original: original(fact, context),
    by: members.get(fact.by) ?? '',
    clock: skewed ? word(words, 'skew') : '',
  }
}

const pad = (n: number): string => String(n).padStart(2, '0')

const standing = ({ retracted, before }: GateFact): string =>
  retracted ? 'retracted' : Object.keys(before).length > 0 ? 'yes' : 'no'

/** A code in words; what this version has no word for stands as it came. */
const word = ({ values }: ExportWords, code: string): string => values[code] ?? code

function fields({ body, row }: Pick<GateFact, 'body' | 'row'>, { words, posts }: RowContext): Row {
  const said = (code: string | undefined, group = '') =>
    code === undefined ? undefined : (words.values[`${group}.${code}`] ?? word(words, code))
  const cells = {
    gate: body.post && (posts.get(body.post) ?? ''),
    kind: row.kind === 'reading' ? said('reading') : said(body.subject),
    way: said(body.way),
    how: said(body.how, 'how'),
    home: body.home,
    name: body.name,
    plate: body.plate,
    heads: body.heads,
    purpose: said(body.purpose),
    celsius: body.celsius,
    code: said(body.code),
    decision: said(body.decision),
    reason: said(body.reason, 'reason'),
    advice: body.advice?.map((reason) => said(reason, 'reason')).join(' '),
    note: body.note,
  }
  return filled(cells)
}

const filled = (cells: Record<string, string | number | undefined>): Row =>
  Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== undefined && cell !== ''))

/** `Name: …; Plate: …` with the values that were corrected. */
function original({ before, row }: GateFact, context: RowContext): string {
  const { headings } = context.words
  const was = fields({ body: before, row: { ...row, kind: 'passage' } }, context)
  return columns
    .filter((column) => headingOf(column) in before)
    .map((column) => `${headings[column]}: ${was[column] ?? '–'}`)
    .join('; ')
}

/** The entry's field that a column shows. */
const headingOf = (column: Column): string =>
  column === 'gate' ? 'post' : column === 'kind' ? 'subject' : column
