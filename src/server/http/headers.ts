import type { FastifyInstance, FastifyRequest } from 'fastify'
import { headers } from '../../protocol/api.ts'
import type { Told } from '../sync/accept.ts'

/** Every answer carries the centre's time, taken as late as can be. */
export function stampTime(app: FastifyInstance, now: () => number): void {
  app.addHook('onRequest', async (_request, reply) => void reply.header(headers.time, String(now())))
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header(headers.time, String(now()))
    return payload
  })
}

/** What a phone says about itself with each call; what it doesn't say, or says badly, is null. */
export function saidBy(request: FastifyRequest): Told {
  const app = request.headers[headers.app]
  const sentAt = whole(request.headers[headers.sent])
  const unsent = whole(request.headers[headers.unsent])
  return {
    sentAt,
    unsent: unsent !== null && unsent >= 0 ? unsent : null,
    app: typeof app === 'string' && /^[\w.+-]{1,40}$/.test(app) ? app : null,
  }
}

function whole(value: string | string[] | undefined): number | null {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : NaN
  return Number.isSafeInteger(number) ? number : null
}
