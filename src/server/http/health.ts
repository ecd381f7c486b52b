import type { FastifyInstance } from 'fastify'
import { paths } from '../../protocol/api.ts'
import { protocolVersion } from '../../protocol/version.ts'
import type { Services } from './services.ts'

/** For whoever watches the server: it answers, and its database does. Says nothing about anybody. */
export function healthRoute(app: FastifyInstance, { storage, now }: Services): void {
  app.get(paths.health, async (_request, reply) => {
    await storage.communities()
    return reply.header('cache-control', 'no-store').send({ ok: true, v: protocolVersion, time: now() })
  })
}
