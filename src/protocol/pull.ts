import * as v from 'valibot'
import { parseJson } from './page.ts'

/**
 * The answer to a pull is text: a head line, then one line per row, in order of arrival ([PL1]). A client may keep
 * the fact lines as they came and read them when they are looked at.
 */
export const pullMaxRows = 5000

export const PullHead = v.looseObject({
  v: v.number(),
  epoch: v.string(),
  logbook: v.string(),
  /** Opaque cursor to go on with; stored in the same transaction as the rows ([PL3]). */
  next: v.string(),
  /** Order number that `next` stands at. */
  seq: v.number(),
  /** More rows are there now. First sync is complete only when this is false. */
  more: v.boolean(),
  /** The centre's time, ms. */
  time: v.number(),
  facts: v.number(),
  docs: v.number(),
  /** By which roles it was seen ([SC5]); absent = a centre of an older version. */
  seenAs: v.optional(v.string()),
  /** Smallest and largest corrected time among the facts, ms; absent without facts. */
  firstAt: v.optional(v.number()),
  lastAt: v.optional(v.number()),
})
export type PullHead = v.InferOutput<typeof PullHead>

/** A fact's row: `e` is the entry as its author sealed it, or masked. */
export interface FactRow {
  s: number
  /** Corrected time, ms. */
  t: number
  /** Flags; absent = none. */
  f?: readonly string[]
  e: Record<string, unknown>
}

/** A document's row: the record as it stands. */
export const DocRow = v.looseObject({
  s: v.number(),
  t: v.number(),
  kind: v.string(),
  id: v.string(),
  doc: v.record(v.string(), v.unknown()),
  lost: v.optional(
    v.array(
      v.looseObject({
        field: v.string(),
        value: v.unknown(),
        by: v.string(),
        entry: v.string(),
        at: v.number(),
      }),
    ),
  ),
})
export type DocRow = v.InferOutput<typeof DocRow>

/** Facts come first in the text, then documents; both in order of `s`. */
export interface PullAnswer {
  head: PullHead
  factLines: string[]
  docLines: string[]
}

/** A fact's line from its stored parts; no JSON is parsed or built for the entry itself. */
export const factLine = (seq: number, at: number, flags: string | null, entryLine: string): string =>
  `{"s":${seq},"t":${at}${flags ? `,"f":${flags}` : ''},"e":${entryLine}}`

/** The last line of every answer: without it a transfer that was cut in its last row would pass for whole. */
const end = 'end'

export const writePull = (head: PullHead, lines: readonly string[]): string =>
  [JSON.stringify(head), ...lines, end].join('\n')

/** Null where the text is no answer to this pull (a captive portal's page, a cut transfer). */
export function readPull(text: string): PullAnswer | null {
  const [first = '', ...lines] = text.split('\n')
  const head = v.safeParse(PullHead, parseJson(first))
  if (!head.success) return null
  const { facts, docs } = head.output
  if (lines.length !== facts + docs + 1 || lines.at(-1) !== end) return null
  return { head: head.output, factLines: lines.slice(0, facts), docLines: lines.slice(facts, -1) }
}
