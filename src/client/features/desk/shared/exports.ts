import { dayAfter } from '../../../../domain/rules/boardDays.ts'
import { momentOf } from '../../../../domain/rules/localMoment.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import type { Answer, CallProblem, ExportQuery } from '../../../sync/calls.ts'
import { saveFile } from './saveFile.ts'

/** Local days, `2026-11-22`, both counted in. */
export interface ExportSpan {
  first: string
  last: string
  format: 'csv' | 'xlsx'
}

interface Export {
  logbook: LogbookId
  zone: string
  locale: string
  /** What the file is called, before its days. */
  name: string
  ask: (query: ExportQuery) => Promise<Answer<Blob>>
}

/** What the days mean in the community's zone; ms, `to` excluded. */
export const spanBetween = ({ first, last }: ExportSpan, zone: string): { from: number; to: number } => ({
  from: momentOf(first, 0, zone),
  to: dayAfter(momentOf(last, 0, zone), zone),
})

/** Asks for the file and saves it; gives why there is none. It needs the network, since a phone holds only a few days. */
export async function exportDays(
  span: ExportSpan,
  { logbook, zone, locale, name, ask }: Export,
): Promise<CallProblem | null> {
  const { first, last, format } = span
  const answer = await ask({ logbook, ...spanBetween(span, zone), format, locale })
  if (!answer.ok) return answer.problem
  saveFile(answer.value, `${name} ${first}–${last}.${format}`)
  return null
}
