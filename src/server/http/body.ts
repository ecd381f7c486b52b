import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, gunzipSync } from 'node:zlib'
import * as v from 'valibot'
import { parseJson } from '../../protocol/page.ts'
import { Problem } from './problem.ts'
import { came, grown } from './shedding.ts'
import { Turnstile } from './turnstile.ts'

const inflate = promisify(gunzip)

/** So many are inflated at once; each may grow to the most that its route takes. */
const inflatingAtOnce = 4

/** What is as short as a few passages is inflated in the loop: the way to a thread and back takes the loop far longer. */
const short = { packed: 4 * 1024, inflated: 16 * 1024 }

/** Inflated bytes come in parts, each a way to a thread and back: a backlog in parts as small as a passage has thirty. */
const partOf = ({ length }: Buffer): number => Math.min(Math.max(length * 8, 16 * 1024), 256 * 1024)

/**
 * Bodies come plain or gzipped; inflated they may hold what their route takes and not a byte more, however small they
 * were on the way. What they say is for the route to read.
 */
export function acceptBodies(app: FastifyInstance): void {
  const turns = new Turnstile(inflatingAtOnce)
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, stream: IncomingMessage) =>
    bytesOf(request, await wholeOf(request, stream), turns),
  )
}

/** Reads a body as it comes: each part takes its room before the next one is read. */
async function wholeOf(request: FastifyRequest, stream: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const { bodyLimit } = request.routeOptions
  if (Number(request.headers['content-length']) > bodyLimit) throw new Problem('too-large')
  const parts: Buffer[] = []
  let bytes = 0
  try {
    // What is left unread when this ends early is not waited for: the answer closes the connection.
    for await (const part of stream.iterator({ destroyOnReturn: false })) {
      const next = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
      bytes += next.length
      if (bytes > bodyLimit) throw new Problem('too-large')
      came(request, next.length)
      parts.push(next)
    }
  } catch (error) {
    // It broke off.
    throw error instanceof Problem ? error : new Problem('bad-request')
  }
  return Buffer.concat(parts)
}

async function bytesOf(
  request: FastifyRequest,
  body: Buffer<ArrayBuffer>,
  turns: Turnstile,
): Promise<Buffer<ArrayBuffer>> {
  const encoding = request.headers['content-encoding'] ?? 'identity'
  if (encoding === 'identity') return body
  if (encoding !== 'gzip') throw new Problem('bad-request')
  const here = inflatedHere(body, request.routeOptions.bodyLimit)
  if (here) {
    await grown(request, here.length)
    return here
  }
  return turns.pass(async () => {
    const whole = await inflated(body, request.routeOptions.bodyLimit)
    // In its turn: while it waits for room, nobody else inflates.
    await grown(request, whole.length)
    return whole
  })
}

/** Null where it is not short, or wrong, which the usual way tells. */
function inflatedHere(body: Buffer, atMost: number): Buffer<ArrayBuffer> | null {
  if (body.length > short.packed) return null
  try {
    return gunzipSync(body, { maxOutputLength: Math.min(atMost, short.inflated) })
  } catch {
    return null
  }
}

async function inflated(body: Buffer, atMost: number): Promise<Buffer<ArrayBuffer>> {
  try {
    return await inflate(body, { maxOutputLength: atMost, chunkSize: partOf(body) })
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    throw new Problem(code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'bad-request')
  }
}

/**
 * What `read` makes of a request's body, which is read once; of no bytes where there was none. Their memory is given
 * back at once: it lies outside of what V8 counts, and by the time of its next round a backlog would have piled up a
 * hundred megabytes of it.
 */
export function spendBody<T>(request: FastifyRequest, read: (bytes: Buffer) => T): T {
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  try {
    return read(bytes)
  } finally {
    // A short one shares its memory with others.
    const { buffer } = bytes
    if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0)
  }
}

/** A request's body as text; '' where there was none. */
export const bodyText = (request: FastifyRequest): string =>
  spendBody(request, (bytes) => bytes.toString('utf8'))

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
