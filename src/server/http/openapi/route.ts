import type { FastifyInstance } from 'fastify'
import { paths } from '../../../protocol/api.ts'

/** The document is made when somebody first asks for it, and then kept. */
export function openApiRoute(app: FastifyInstance): void {
  let made: string | undefined
  app.get(paths.openapi, async (_request, reply) => {
    made ??= JSON.stringify((await import('./document.ts')).openApiDocument())
    return reply.type('application/json; charset=utf-8').header('cache-control', 'no-cache').send(made)
  })
}
