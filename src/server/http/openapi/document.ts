import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { ProblemBody, problems, type ProblemCode } from '../../../protocol/problems.ts'
import { version } from '../../version.ts'
import { operations, type Operation } from './operations.ts'

type Json = Record<string, unknown>

/** Shapes as they travel: what a schema turns a text into stays the text here. Checks without a counterpart are left out. */
const toJson = (schema: v.GenericSchema) =>
  toJsonSchema(schema, { target: 'draft-2020-12', typeMode: 'input', errorMode: 'ignore' })

const schemaOf = (schema: v.GenericSchema): Json => {
  const { $schema: _dialect, ...rest } = toJson(schema)
  return { ...rest }
}

const content = (type: string, schema: Json): Json => ({ content: { [type]: { schema } } })
const anyText = { type: 'string' }

function bodyOf({ body }: Operation): Json {
  if (body === undefined) return {}
  const inner =
    typeof body === 'string' ? content('text/plain', anyText) : content('application/json', schemaOf(body))
  return { requestBody: { required: true, ...inner } }
}

function answerOf({ answer }: Operation): Json {
  if (answer === null) return { 204: { description: 'Done' } }
  if (typeof answer !== 'string')
    return { 200: { description: 'Done', ...content('application/json', schemaOf(answer)) } }
  return { 200: { description: 'Done', ...content(answer, answer === 'application/json' ? {} : anyText) } }
}

/** Those that every call may end with, those of every token, and its own. */
function problemsOf({ token, problems: own = [], body, query }: Operation): Json {
  const ofToken = [
    'token-missing',
    'token-invalid',
    'clock',
    'install-unknown',
    'install-revoked',
    'not-permitted',
  ] as const
  const ofInput = ['bad-request', 'too-large'] as const
  const codes: readonly ProblemCode[] = [
    ...(token ? ofToken : []),
    ...((body ?? query) ? ofInput : []),
    ...own,
    ...(['not-found', 'busy', 'storage-unavailable'] as const),
  ]
  const byStatus = Map.groupBy(new Set(codes), (code) => problems[code])
  const problem = content('application/problem+json', { $ref: '#/components/schemas/Problem' })
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [status, { description: some.join(', '), ...problem }]),
  )
}

function parametersOf({ path, query }: Operation): Json {
  const parts = path.includes('{id}')
    ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 60 } }]
    : []
  const { properties = {}, required = [] } = query ? toJson(query) : {}
  const entries = Object.entries(properties).map(([name, schema]) => ({
    ...{ name, in: 'query', required: required.includes(name) },
    schema,
  }))
  const all = [...parts, ...entries]
  return all.length > 0 ? { parameters: all } : {}
}

const operationOf = (one: Operation): Json => ({
  summary: one.summary,
  ...(one.token ? { security: [{ install: [] }] } : {}),
  ...parametersOf(one),
  ...bodyOf(one),
  responses: { ...answerOf(one), ...problemsOf(one) },
})

/** The server's calls as OpenAPI 3.1 has it, made from the schemas that the routes check by. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {}
  for (const one of operations) (paths[one.path] ??= {})[one.method.toLowerCase()] = operationOf(one)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatepost',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'What a phone and the centre say to each other. The rules in brackets stand in src/protocol/SPEC.md.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: { install: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: schemaOf(ProblemBody) },
    },
  }
}
