import * as v from 'valibot'
import { Envelope, flags, type Entry, type EntryState, type Fact } from '../../domain/entry.ts'
import { parseJson } from '../../protocol/page.ts'
import type { OwnRow } from './rows.ts'

/** A pulled line. The entry may be of a newer kind or version: it is kept and shown as such. */
const Row = v.looseObject({
  s: v.number(),
  t: v.number(),
  f: v.optional(v.array(v.string())),
  e: Envelope,
})

/** The entry of a line; null where it can't be read. */
export function readEntry(line: string): Entry | null {
  const parsed = v.safeParse(Envelope, parseJson(line))
  return parsed.success ? toEntry(parsed.output) : null
}

/** Leaves out the optional fields that are absent. */
function toEntry({ off, offAge, record, seen, ...rest }: v.InferOutput<typeof Envelope>): Entry {
  return {
    ...rest,
    ...(off === undefined ? {} : { off }),
    ...(offAge === undefined ? {} : { offAge }),
    ...(record === undefined ? {} : { record }),
    ...(seen === undefined ? {} : { seen }),
  }
}

/** A pulled line as a fact; null where it can't be read. */
export function pulledFact(line: string): Fact | null {
  const row = v.safeParse(Row, parseJson(line))
  if (!row.success) return null
  const { s, t, f = [], e } = row.output
  return {
    id: e.id,
    kind: e.kind,
    v: e.v,
    logbook: e.logbook,
    at: t,
    deviceAt: e.at,
    by: e.by,
    seq: s,
    flags: flags.filter((flag) => f.includes(flag)),
    state: 'sent',
    mine: false,
    body: e.body,
  }
}

/** An own entry as a fact; null where it can't be read. */
export function ownFact(row: OwnRow, state: EntryState): Fact | null {
  const entry = readEntry(row.line)
  return (
    entry && {
      id: entry.id,
      kind: entry.kind,
      v: entry.v,
      logbook: entry.logbook,
      at: row.at,
      deviceAt: entry.at,
      by: entry.by,
      seq: null,
      flags: [],
      state,
      mine: true,
      body: entry.body,
    }
  )
}

/** Order number of a pulled line, without reading the rest of it; 0 where there is none. */
export const seqOf = (line: string): number => Number(/^\{"s":(\d+)/.exec(line)?.[1] ?? 0)

/** The lines above an order number, from a text in order. */
export function linesAbove(text: string, seq: number): string[] {
  const lines = text.split('\n')
  let from = lines.length
  while (from > 0 && seqOf(lines[from - 1] ?? '') > seq) from--
  return lines.slice(from)
}
