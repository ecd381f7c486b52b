import type { FastifyInstance, FastifyRequest } from 'fastify'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as v from 'valibot'
import { parseJson } from '../../protocol/page.ts'
import { Problem } from './problem.ts'
import { grown } from './shedding.ts'
import { Turnstile } from './turnstile.ts'

const inflate = promisify(gunzip)

/** So many are inflated at once; each may grow to the most that its route takes. */
const inflatingAtOnce = 4

/**
 * Bodies come plain or gzipped; inflated they may hold what their route takes and not a byte more, however small they
 * were on the way. Text is handed on as text: what it says is for the route to read.
 */
export function acceptBodies(app: FastifyInstance): void {
  const turns = new Turnstile(inflatingAtOnce)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request: FastifyRequest, body: Buffer) =>
    textOf(request, body, turns),
  )
}

async function textOf(request: FastifyRequest, body: Buffer, turns: Turnstile): Promise<string> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body.toString('utf8')
  if (encoding !== 'gzip') throw new Problem('bad-request')
  return turns.pass(async () => {
    const whole = await inflated(body, request.routeOptions.bodyLimit)
    grown(request, whole.length)
    return whole.toString('utf8')
  })
}

async function inflated(body: Buffer, atMost: number): Promise<Buffer> {
  try {
    return await inflate(body, { maxOutputLength: atMost })
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    throw new Problem(code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'bad-request')
  }
}

/** A request's body as text; '' where there was none. */
export const bodyText = (request: FastifyRequest): string =>
  typeof request.body === 'string' ? request.body : ''

/** A request's JSON body in the shape of `schema`; anything else is a `bad-request`. */
export function bodyOf<T>(schema: v.GenericSchema<unknown, T>, request: FastifyRequest): T {
  const body = v.safeParse(schema, parseJson(bodyText(request)))
  if (!body.success) throw new Problem('bad-request')
  return body.output
}

/** A request's query in the shape of `schema`; anything else is a `bad-request`. */
export function queryOf<T>(schema: v.GenericSchema<unknown, T>, request: FastifyRequest): T {
  const query = v.safeParse(schema, request.query)
  if (!query.success) throw new Problem('bad-request')
  return query.output
}
