import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { paths, ReviewRequest } from '../../protocol/api.ts'
import { listQuarantine } from '../auth/quarantine.ts'
import { bodyOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { Problem } from './problem.ts'
import type { Services } from './services.ts'
import { answered } from './shedding.ts'

const Row = v.object({ id: v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.transform(Number)) })

export function quarantineRoutes(app: FastifyInstance, services: Services): void {
  const { storage, sync, now } = services
  const route = endpoints(app, services)
  route('GET', paths.quarantine, async (caller, request, reply) => {
    // Its lines may be megabytes altogether.
    const text = await answered(request, async () =>
      JSON.stringify(valueOf(await listQuarantine(storage, caller))),
    )
    return reply.type('application/json; charset=utf-8').send(text)
  })
  route('POST', `${paths.quarantine}/:id`, async (caller, request, reply) => {
    const row = v.safeParse(Row, request.params)
    if (!row.success) throw new Problem('not-found')
    const { decision } = bodyOf(ReviewRequest, request)
    valueOf(await sync.review(caller, row.output.id, decision, now()))
    return reply.code(204).send()
  })
}
