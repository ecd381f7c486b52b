import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { Envelope } from '../../../src/domain/entry.ts'
import { kindNames, kindOf } from '../../../src/domain/kinds/index.ts'
import { checkOf } from '../../../src/server/sync/checks.ts'

interface Shape extends v.GenericSchema {
  pipe?: readonly { type: string; requirement?: unknown }[]
  entries?: Record<string, Shape>
  wrapped?: Shape
  item?: Shape
  options?: readonly unknown[]
}

/** What the expressions of the schemas want, and what they just don't. */
const texts = ['08:30', '24:00', 'passage', 'Passage', 'x', '2026-05-04', 'A'.repeat(43), '7K3M9Q']

const often = (usual: fc.Arbitrary<unknown>, seldom: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 24, arbitrary: usual }, { weight: 1, arbitrary: seldom })

/** Values that this shape often takes, and now and then something else altogether. */
const valueFor = (shape: Shape): fc.Arbitrary<unknown> => often(likely(shape), fc.anything())

function likely({ type, pipe = [], entries, wrapped, item, options }: Shape): fc.Arbitrary<unknown> {
  const bounds = pipe.flatMap(({ requirement }) => (typeof requirement === 'number' ? [requirement] : []))
  const near = bounds.flatMap((bound) => [bound - 1, bound, bound + 1])
  switch (type) {
    case 'string': {
      if (pipe.some((step) => step.type === 'uuid')) return fc.uuid()
      const long = near.filter((n) => n >= 0).map((n) => 'x'.repeat(n))
      const patterns = pipe.flatMap(({ requirement }) => (requirement instanceof RegExp ? [requirement] : []))
      const good = texts.filter((text) => patterns.every((pattern) => pattern.test(text)))
      const edge = fc.constantFrom(...texts, ...long)
      return often(
        patterns.length > 0 ? fc.constantFrom(...good) : fc.string({ minLength: 1, maxLength: 12 }),
        edge,
      )
    }
    case 'number':
      return often(fc.nat(90), fc.oneof(fc.constantFrom(0.5, 0, ...near), fc.integer()))
    case 'boolean':
      return fc.boolean()
    case 'picklist':
      return fc.constantFrom(...(options ?? []))
    case 'optional':
      return wrapped ? fc.option(valueFor(wrapped), { nil: undefined }) : fc.anything()
    case 'array':
      return item ? fc.array(valueFor(item), { maxLength: 3 }) : fc.anything()
    case 'object':
    case 'loose_object': {
      const fields = Object.entries(entries ?? {}).map(([name, field]) => [name, valueFor(field)] as const)
      const optional = fields.filter(([name]) => entries?.[name]?.type === 'optional').map(([name]) => name)
      const requiredKeys = fields.map(([name]) => name).filter((name) => !optional.includes(name))
      return fc.oneof(
        { weight: 12, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys }) },
        { weight: 1, arbitrary: fc.record(Object.fromEntries(fields), { requiredKeys: [] }) },
      )
    }
    default:
      return fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue())
  }
}

/** How many of the values the schema takes. */
function agreed(schema: v.GenericSchema, runs: number): number {
  const check = checkOf(schema)
  let taken = 0
  fc.assert(
    fc.property(valueFor(schema), (value) => {
      const is = v.is(schema, value)
      if (is) taken++
      expect(check(value)).toBe(is)
    }),
    { numRuns: runs },
  )
  return taken
}

describe('a check made of a schema', () => {
  it.each(kindNames)('says of a body of %s what the library says', (name) => {
    const body = kindOf(name)?.body
    if (!body) throw new Error(`no kind ${name}`)
    const taken = agreed(body, 600)
    // Otherwise it has compared one answer with itself.
    expect(taken).toBeGreaterThan(20)
    expect(taken).toBeLessThan(600)
  })

  it('says of an entry what the library says', () => {
    const taken = agreed(v.omit(v.object(Envelope.entries), ['body']), 2000)
    expect(taken).toBeGreaterThan(100)
    expect(taken).toBeLessThan(2000)
  })

  it('asks the library where it does not know a shape', () => {
    const trimmed = v.pipe(v.string(), v.trim(), v.minLength(2))
    const schemas = [
      trimmed,
      v.object({ name: trimmed, kind: v.nullish(v.string()) }),
      v.object({ n: v.optional(v.number(), 1) }),
      v.object({ n: v.fallback(v.number(), 1) }),
      v.looseObject({
        n: v.pipe(
          v.number(),
          v.check((n) => n % 2 === 0),
        ),
      }),
      v.record(v.pipe(v.string(), v.maxLength(2)), v.number()),
    ]
    const values = [' x ', ' xy ', {}, { n: 1 }, { n: 2 }, { n: 'x' }, { n: undefined }, { name: ' x' }]
    const more = [
      { name: 'xyz' },
      { name: 'xyz', kind: null },
      { name: 'xyz', kind: 1 },
      { abc: 1 },
      [],
      null,
    ]
    for (const schema of schemas)
      for (const value of [...values, ...more]) expect(checkOf(schema)(value)).toBe(v.is(schema, value))
  })
})
