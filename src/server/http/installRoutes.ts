import type { FastifyInstance } from 'fastify'
import { paths } from '../../protocol/api.ts'
import { leaveInstall, listInstalls, revokeInstall } from '../auth/installs.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { idIn } from './enrolRoutes.ts'
import type { Streams } from './streams.ts'
import type { Services } from './services.ts'

export function installRoutes(app: FastifyInstance, services: Services, streams: Streams): void {
  const { storage, pokes, now } = services
  /** Here at once; the other servers on the database look who may still listen. */
  const end = (install: string): void => {
    streams.end(install)
    pokes.publish({ scope: true })
  }
  const route = endpoints(app, services)
  route('GET', paths.installs, async (caller) => valueOf(await listInstalls(storage, caller, now())))
  route('POST', paths.leave, async (caller, _request, reply) => {
    await leaveInstall(storage, caller)
    end(caller.install.id)
    return reply.code(204).send()
  })
  route('DELETE', `${paths.installs}/:id`, async (caller, request, reply) => {
    const id = idIn(request.params)
    valueOf(await revokeInstall(storage, caller, id))
    end(id)
    return reply.code(204).send()
  })
}
