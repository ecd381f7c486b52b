import * as v from 'valibot'
import { Envelope } from '../../../../domain/entry.ts'

const Loose = v.looseObject({
  id: v.optional(v.string()),
  kind: v.optional(v.string()),
  at: v.optional(v.number()),
  body: v.optional(v.record(v.string(), v.unknown())),
})

/** An entry that was put aside, as far as it can be read; null where it is no entry at all. */
export interface ReadLine {
  id: string | null
  kind: string
  at: number | null
  body: Record<string, unknown>
}

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

export function readLine(line: string): ReadLine | null {
  const raw = parsed(line)
  const whole = v.safeParse(Envelope, raw)
  if (whole.success) return whole.output
  const part = v.safeParse(Loose, raw)
  if (!part.success) return null
  const { id = null, kind = '', at = null, body = {} } = part.output
  return { id, kind, at, body }
}
