import type { FastifyInstance } from 'fastify'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { paths } from '../../protocol/api.ts'
import { noteBulkRead } from '../auth/bulkReads.ts'
import { queryOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { PullQuery } from './queries.ts'
import type { Services } from './services.ts'
import { answered } from './shedding.ts'

/** Lists of people; what passes a gate is read all day long. */
const namesPeople = (logbook: string): boolean =>
  ['people', 'homes', 'care'].includes(parseLogbookId(logbook)?.purpose ?? '')

/** Without its head and its end. */
const rowsIn = (text: string): number => (text.match(/\n/g)?.length ?? 1) - 1

export function pullRoutes(app: FastifyInstance, services: Services): void {
  const { sync, storage, now } = services
  const route = endpoints(app, services)
  route('GET', paths.pull, async (caller, request, reply) => {
    const { logbook, after, limit, all } = queryOf(PullQuery, request)
    const asked = { logbook, after, limit, all: all === '1' }
    const text = await answered(request, async () => valueOf(await sync.pull(caller, asked, now())))
    if (after === undefined && namesPeople(logbook))
      await noteBulkRead(storage, caller, 'first-pull', logbook, rowsIn(text), now())
    return reply.type('text/plain; charset=utf-8').send(text)
  })
  route('GET', paths.scope, async (caller) => sync.scope(caller, now()))
}
