import fc, { type Arbitrary } from 'fast-check'

/** One call as it goes out. */
export interface Call {
  method: 'GET' | 'POST' | 'DELETE'
  url: string
  headers: Record<string, string>
  body?: string
}

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objectIn = (value: unknown, name: string): Json => {
  const inner = isObject(value) ? value[name] : undefined
  return isObject(inner) ? inner : {}
}
const listIn = (value: unknown, name: string): unknown[] => {
  const inner = isObject(value) ? value[name] : undefined
  return Array.isArray(inner) ? inner : []
}

const strange = fc.constantFrom(
  '',
  '\0',
  '../..',
  '%',
  '￿',
  '𝒢',
  '‮',
  '__proto__',
  'null',
  '-1',
  '9'.repeat(30),
  "' or 1=1 --",
)

/** Text as a schema wants it, more or less: a pattern, a known id, or anything at all. */
const textOf = (schema: Json, known: readonly string[]): Arbitrary<unknown> => {
  const likely: Arbitrary<string>[] = [
    fc.constantFrom(...known),
    fc.uuid(),
    fc.string({ unit: 'grapheme', maxLength: 90 }),
    strange,
  ]
  if (typeof schema['pattern'] === 'string') likely.push(fc.stringMatching(new RegExp(schema['pattern'])))
  return fc.oneof(...likely)
}

/** A value of the schema's shape, with a mistake here and there. */
function valueOf(schema: unknown, known: readonly string[]): Arbitrary<unknown> {
  if (!isObject(schema)) return fc.jsonValue()
  const choices = listIn(schema, 'enum')
  if (choices.length > 0) return fc.constantFrom(...choices)
  if ('const' in schema) return fc.constant(schema['const'])
  const any = listIn(schema, 'anyOf')
  if (any.length > 0) return fc.oneof(...any.map((one) => valueOf(one, known)))
  switch (schema['type']) {
    case 'string':
      return textOf(schema, known)
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.double(), fc.maxSafeInteger())
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(orElse(schema['items'], known), { maxLength: 12 })
    case 'object': {
      const model = Object.entries(objectIn(schema, 'properties')).map(
        ([name, inner]) => [name, orElse(inner, known)] as const,
      )
      return fc.record(Object.fromEntries(model), { requiredKeys: [] }).chain((some) =>
        fc.oneof(
          { arbitrary: fc.constant(some), weight: 4 },
          {
            arbitrary: fc.dictionary(fc.string(), fc.jsonValue()).map((more) => ({ ...some, ...more })),
            weight: 1,
          },
        ),
      )
    }
    default:
      return fc.jsonValue()
  }
}

const orElse = (schema: unknown, known: readonly string[]): Arbitrary<unknown> =>
  fc.oneof({ arbitrary: valueOf(schema, known), weight: 8 }, { arbitrary: fc.jsonValue(), weight: 1 })

const headersOf = fc.record(
  {
    'content-type': fc.constantFrom(
      'application/json',
      'text/plain',
      'application/x-www-form-urlencoded',
      'x',
    ),
    'content-encoding': fc.constantFrom('identity', 'gzip', 'br', 'deflate'),
    'gatepost-sent': fc.oneof(fc.integer().map(String), fc.constant('x')),
    'gatepost-unsent': fc.oneof(fc.integer().map(String), fc.constant('1e9')),
    accept: fc.constantFrom('text/html', 'application/json', '*/*'),
  },
  { requiredKeys: [] },
)

function urlOf(path: string, parameters: readonly unknown[], known: readonly string[]): Arbitrary<string> {
  const id = fc.oneof(fc.uuid(), strange, fc.integer().map(String), fc.string({ maxLength: 80 }))
  const parts = parameters.filter(isObject).filter((one) => one['in'] === 'query')
  const query = fc.record(
    Object.fromEntries(parts.map((one) => [String(one['name']), valueOf(one['schema'], known)])),
    { requiredKeys: [] },
  )
  return fc.tuple(id, query).map(([part, some]) => {
    const asked = new URLSearchParams(
      Object.entries(some).map(([name, value]) => [name, String(value)]),
    ).toString()
    return path.replace('{id}', encodeURIComponent(part.toWellFormed())) + (asked ? `?${asked}` : '')
  })
}

function bodyOf(schema: unknown, known: readonly string[]): Arbitrary<string> {
  const shaped = orElse(schema, known).map((value) => JSON.stringify(value) ?? '')
  const cut = shaped.chain((text) => fc.nat(text.length).map((length) => text.slice(0, length)))
  const raw = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constant('[['.repeat(5000)))
  return fc.oneof(
    { arbitrary: shaped, weight: 6 },
    { arbitrary: cut, weight: 1 },
    { arbitrary: raw, weight: 1 },
  )
}

const methodOf = (name: string): Call['method'] =>
  name === 'get' ? 'GET' : name === 'post' ? 'POST' : 'DELETE'

/** For each call of an OpenAPI document what to send there. `known`: ids that mean something to the server, asked late. */
export function callsOf(document: unknown, known: () => readonly string[]) {
  return Object.entries(objectIn(document, 'paths')).flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((name) => {
      const operation = objectIn(methods, name)
      const [media] = Object.values(objectIn(objectIn(operation, 'requestBody'), 'content'))
      const call = (): Arbitrary<Call> =>
        fc
          .record({
            url: urlOf(path, listIn(operation, 'parameters'), known()),
            headers: headersOf,
            body: media === undefined ? fc.constant(undefined) : bodyOf(objectIn(media, 'schema'), known()),
          })
          .map(({ url, headers, body }) => ({
            method: methodOf(name),
            url,
            headers,
            ...(body === undefined ? {} : { body }),
          }))
      return { name: `${methodOf(name)} ${path}`, path, call }
    }),
  )
}
