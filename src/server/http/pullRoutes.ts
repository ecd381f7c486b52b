import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { paths } from '../../protocol/api.ts'
import { pullMaxRows } from '../../protocol/pull.ts'
import { queryOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import type { Services } from './services.ts'

const whole = v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))
const PullQuery = v.object({
  logbook: v.pipe(v.string(), v.maxLength(60)),
  after: v.optional(v.pipe(v.string(), v.maxLength(200))),
  limit: v.optional(v.pipe(whole, v.minValue(1), v.maxValue(pullMaxRows))),
  all: v.optional(v.picklist(['0', '1'])),
})

export function pullRoutes(app: FastifyInstance, services: Services): void {
  const { sync, now } = services
  const route = endpoints(app, services)
  route('GET', paths.pull, async (caller, request, reply) => {
    const { logbook, after, limit, all } = queryOf(PullQuery, request)
    const text = valueOf(await sync.pull(caller, { logbook, after, limit, all: all === '1' }, now()))
    return reply.type('text/plain; charset=utf-8').send(text)
  })
  route('GET', paths.scope, async (caller) => sync.scope(caller, now()))
}
