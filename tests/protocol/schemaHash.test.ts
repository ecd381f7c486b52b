import { createHash } from 'node:crypto'
import { expect, it } from 'vitest'
import { Envelope } from '../../src/domain/entry.ts'
import { kindNames, kinds } from '../../src/domain/kinds/index.ts'
import * as api from '../../src/protocol/api.ts'
import { PageHeader } from '../../src/protocol/page.ts'
import * as parcel from '../../src/protocol/relay/parcel.ts'
import { PullHead, DocRow } from '../../src/protocol/pull.ts'
import { Receipt } from '../../src/protocol/receipt.ts'
import { protocolVersion } from '../../src/protocol/version.ts'

/** A schema's shape as text: every plain value in it, functions by name, keys in order. */
const shapeOf = (value: unknown, seen = new Set<unknown>()): string => {
  if (typeof value === 'function') return `f:${value.name}`
  if (value instanceof RegExp) return String(value)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  if (seen.has(value)) return 'again'
  const inner = new Set(seen).add(value)
  const parts = Object.entries(value)
    .filter(([key]) => !key.startsWith('~'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${key}:${shapeOf(part, inner)}`)
  return `{${parts.join(',')}}`
}

const hashOf = (...values: unknown[]): string =>
  createHash('sha256')
    .update(values.map((value) => shapeOf(value)).join('\n'))
    .digest('hex')
    .slice(0, 12)

it('[VE1] a change of the wire or of a kind is a thought about its version', () => {
  const wire = hashOf(
    Envelope,
    PageHeader,
    Receipt,
    PullHead,
    DocRow,
    ...Object.values(api),
    ...Object.values(parcel),
  )
  const byKind = Object.fromEntries(
    kindNames.map((name) => [`${name} v${kinds[name].version}`, hashOf(kinds[name].body)]),
  )
  expect({ [`wire v${protocolVersion}`]: wire, ...byKind }).toMatchSnapshot()
})
