import type { FastifyInstance, FastifyRequest } from 'fastify'
import { farthestMs } from '../../domain/entry.ts'
import { headers } from '../../protocol/api.ts'
import { counterMost } from '../../protocol/page.ts'
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
  return {
    sentAt: whole(request.headers[headers.sent], -farthestMs, farthestMs),
    unsent: whole(request.headers[headers.unsent], 0, counterMost),
    app: typeof app === 'string' && /^[\w.+-]{1,40}$/.test(app) ? app : null,
  }
}

function whole(value: string | string[] | undefined, least: number, most: number): number | null {
  const number = typeof value === 'string' && /^-?\d{1,16}$/.test(value) ? Number(value) : NaN
  return number >= least && number <= most ? number : null
}
