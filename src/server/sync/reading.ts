import * as v from 'valibot'
import { Envelope } from '../../domain/entry.ts'
import { parseJson } from '../../protocol/page.ts'
import { checkOf } from './checks.ts'

/** The body is looked at by its kind; here it is enough that it is an object. */
const Head = v.omit(v.object(Envelope.entries), ['body'])
const isHead = checkOf(Head)

type Head = v.InferOutput<typeof Head>

/** An entry's line and what could be read of it. */
export interface Reading {
  line: string
  /** The install's counter. */
  n: number
  /** Null: no JSON, or no entry. */
  entry: Sealed | null
}

export interface Sealed extends Head {
  /** The body as it stands in the line, before any schema has touched it. */
  body: Record<string, unknown>
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Deeper than any kind goes, and far from where a walk through it would run out of stack. */
const deepest = 32

/** Of what was read from JSON, which inherits nothing: no list is made of its values. */
function isDeep(value: object, left: number): boolean {
  if (left === 0) return true
  for (const key in value) {
    const inner: unknown = Reflect.get(value, key)
    if (typeof inner === 'object' && inner !== null && isDeep(inner, left - 1)) return true
  }
  return false
}

const isSealed = (raw: unknown): raw is Sealed =>
  isObject(raw) && isObject(raw['body']) && !isDeep(raw, deepest) && isHead(raw)

export function readLine(line: string, n: number): Reading {
  const raw = parseJson(line)
  return { line, n, entry: isSealed(raw) ? raw : null }
}

/** The line with another body, its other fields as they stand. */
export function rewritten(line: string, body: Record<string, unknown>): string {
  const raw = parseJson(line)
  return JSON.stringify(isObject(raw) ? { ...raw, body } : { body })
}
