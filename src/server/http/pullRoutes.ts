import type { FastifyInstance } from 'fastify'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { paths } from '../../protocol/api.ts'
import { noteBulkRead } from '../auth/bulkReads.ts'
import { queryOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { rowsIn } from '../sync/pull.ts'
import { PullQuery, ScopeQuery } from './queries.ts'
import type { Services } from './services.ts'
import { answered } from './shedding.ts'

/** Lists of people; what passes a gate is read all day long. */
const namesPeople = (logbook: string): boolean =>
  ['people', 'homes', 'care'].includes(parseLogbookId(logbook)?.purpose ?? '')

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
  route('GET', paths.scope, async (caller, request, reply) => {
    const { after } = queryOf(ScopeQuery, request)
    if (after.length === 0) return sync.scope(caller, now())
    // With news it may be as large as a pull.
    const text = await answered(request, async () => JSON.stringify(await sync.scope(caller, now(), after)))
    return reply.type('application/json; charset=utf-8').send(text)
  })
}
