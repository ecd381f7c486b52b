import type { FastifyInstance } from 'fastify'
import * as v from 'valibot'
import { EnrolRequest, InviteRequest, paths, PreviewRequest, RenewRequest } from '../../protocol/api.ts'
import { callerOf } from '../auth/caller.ts'
import { enrol } from '../auth/enrolment.ts'
import { invite, preview, withdraw } from '../auth/invitations.ts'
import { renew } from '../auth/renewal.ts'
import { bodyOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { limited } from './security.ts'
import type { Services } from './services.ts'

const Id = v.object({ id: v.pipe(v.string(), v.uuid()) })
/** The id in a path; what is none is simply not there. */
export const idIn = (params: unknown): string => {
  const read = v.safeParse(Id, params)
  return read.success ? read.output.id : ''
}

/** How a phone comes in: by invitation, or by the key it already has ([EN1..3], [FO2]). */
export function enrolRoutes(app: FastifyInstance, services: Services): void {
  const { storage, chance, now } = services
  app.post(paths.preview, limited, async (request) =>
    valueOf(await preview(storage, bodyOf(PreviewRequest, request).token, now())),
  )
  app.post(paths.enrol, limited, async (request) =>
    valueOf(await enrol(services, bodyOf(EnrolRequest, request), now())),
  )
  app.post(paths.renew, limited, async (request) => {
    const { install } = valueOf(await callerOf(storage, request.headers.authorization, now()))
    return valueOf(await renew(services, install, bodyOf(RenewRequest, request), now()))
  })
  const route = endpoints(app, services)
  route('POST', paths.invitations, async (caller, request) =>
    valueOf(await invite(storage, chance, caller, bodyOf(InviteRequest, request), now())),
  )
  route('DELETE', `${paths.invitations}/:id`, async (caller, request, reply) => {
    valueOf(await withdraw(storage, caller, idIn(request.params)))
    return reply.code(204).send()
  })
}
