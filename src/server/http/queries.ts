import * as v from 'valibot'
import { newsMaxCursors } from '../../protocol/api.ts'
import { pullMaxRows } from '../../protocol/pull.ts'
import { dutyTables } from './export/duty/words.ts'
import { exportLocales } from './export/words.ts'

const whole = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
const time = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.transform(Number))
const logbook = v.pipe(v.string(), v.maxLength(60))

const cursor = v.pipe(v.string(), v.maxLength(200))

export const PullQuery = v.object({
  logbook,
  after: v.optional(cursor),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(pullMaxRows))),
  all: v.optional(v.picklist(['0', '1'])),
})

/** One cursor stands alone, several in a list. */
export const ScopeQuery = v.object({
  after: v.optional(
    v.union([
      v.pipe(
        cursor,
        v.transform((one) => [one]),
      ),
      v.pipe(v.array(cursor), v.maxLength(newsMaxCursors)),
    ]),
    [],
  ),
})

export const ExportQuery = v.object({
  logbook,
  from: time,
  to: time,
  format: v.picklist(['csv', 'xlsx']),
  locale: v.picklist(exportLocales),
  /** Of a duty logbook. */
  table: v.optional(v.picklist(dutyTables), 'checkIns'),
})
