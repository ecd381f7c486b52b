import * as v from 'valibot'
import { Envelope, flags, type Entry, type EntryState, type Fact, type Flag } from '../../domain/entry.ts'
import { parseJson } from '../../protocol/page.ts'
import type { OwnRow } from './rows.ts'

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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

type Readable = Pick<Entry, 'id' | 'kind' | 'v' | 'logbook' | 'at' | 'by' | 'body'>

/** Is there what a fact is made of? The centre, or this phone, has checked the rest when the entry was stored. */
const isReadable = (e: unknown): e is Readable =>
  isObject(e) &&
  [e['id'], e['kind'], e['logbook'], e['by']].every((text) => typeof text === 'string') &&
  [e['v'], e['at']].every((number) => typeof number === 'number') &&
  isObject(e['body'])

const noFlags: readonly Flag[] = []

/** A pulled line as a fact; null where it can't be read. Its entry may be of a newer kind or version. */
export function pulledFact(line: string): Fact | null {
  const row = parseJson(line)
  if (!isObject(row)) return null
  const { s, t, f, e } = row
  if (typeof s !== 'number' || typeof t !== 'number' || !isReadable(e)) return null
  return {
    id: e.id,
    kind: e.kind,
    v: e.v,
    logbook: e.logbook,
    at: t,
    deviceAt: e.at,
    by: e.by,
    seq: s,
    flags: Array.isArray(f) ? flags.filter((flag) => f.includes(flag)) : noFlags,
    state: 'sent',
    mine: false,
    body: e.body,
  }
}

/** An own entry as a fact; null where it can't be read. `aside`: it was put aside, and that is settled. */
export function ownFact(row: OwnRow, { state, aside }: { state: EntryState; aside: boolean }): Fact | null {
  const entry = parseJson(row.line)
  if (!isReadable(entry)) return null
  return {
    id: entry.id,
    kind: entry.kind,
    v: entry.v,
    logbook: entry.logbook,
    at: row.at,
    deviceAt: entry.at,
    by: entry.by,
    seq: null,
    flags: noFlags,
    state,
    ...(aside ? { aside } : {}),
    mine: true,
    body: entry.body,
  }
}

/** Order number of a pulled line, without reading the rest of it; 0 where there is none. */
export const seqOf = (line: string): number => Number(/^\{"s":(\d+)/.exec(line)?.[1] ?? 0)

/** Where the lines above an order number begin. Looks from the end of a text that is not all new: most often few are. */
function beginAbove(text: string, seq: number): number {
  if (seqOf(text.slice(0, 24)) > seq) return 0
  let from = text.length
  while (from > 0) {
    const begin = text.lastIndexOf('\n', from - 2) + 1
    if (seqOf(text.slice(begin, begin + 24)) <= seq) break
    from = begin
  }
  return from
}

/** The lines above an order number from a text in order, so many at a time: a text may hold thousands. */
export function* linesAbove(text: string, seq: number, atOnce: number): Generator<string[]> {
  let from = beginAbove(text, seq)
  while (from < text.length) {
    let to = from - 1
    for (let n = 0; n < atOnce && to < text.length; n++) {
      const end = text.indexOf('\n', to + 1)
      to = end < 0 ? text.length : end
    }
    yield text.slice(from, to).split('\n')
    from = to + 1
  }
}
