import type { FastifyInstance } from 'fastify'
import { paths } from '../../protocol/api.ts'
import { relayMaxBytes } from '../../protocol/relay/frame.ts'
import { bodyText } from './body.ts'
import { valueOf } from './endpoint.ts'
import type { Services } from './services.ts'
import { Turnstile } from './turnstile.ts'

/** So many are opened at once: each may inflate to as much as a push may hold. */
const openedAtOnce = 4

/** What another phone has brought proves itself, so its carrier needs no token ([RL3]). */
export function carryRoute(app: FastifyInstance, { sync, now }: Services): void {
  const turns = new Turnstile(openedAtOnce)
  app.post(paths.carry, { bodyLimit: relayMaxBytes }, async (request, reply) => {
    const sealed = valueOf(await turns.pass(() => sync.carry(bodyText(request), now())))
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(sealed)
  })
}
