import type { FastifyInstance } from 'fastify'
import { headers, paths } from '../../protocol/api.ts'
import { pushMaxBytes } from '../../protocol/page.ts'
import { pagesIn } from '../sync/wirePages.ts'
import { spendBody } from './body.ts'
import { valueOf } from './endpoint.ts'
import { saidBy } from './headers.ts'
import type { Services } from './services.ts'

/** Pages prove themselves, so whoever carries them needs no token ([PU1]). */
export function pushRoute(app: FastifyInstance, { sync, now }: Services): void {
  app.post(paths.push, { bodyLimit: pushMaxBytes }, async (request, reply) => {
    const receipt = valueOf(await sync.accept(spendBody(request, pagesIn), saidBy(request), now()))
    return reply
      .header(headers.signature, receipt.signature)
      .header('cache-control', 'no-store')
      .type('application/json; charset=utf-8')
      .send(receipt.body)
  })
}
