import type { FastifyInstance } from 'fastify'
import { CardRequest, paths } from '../../protocol/api.ts'
import { issueCards } from '../auth/cards.ts'
import { bodyOf } from './body.ts'
import { endpoints, valueOf } from './endpoint.ts'
import type { Services } from './services.ts'

/** Volunteer cards for a coordinator to print. */
export function cardRoutes(app: FastifyInstance, services: Services): void {
  const { storage, sign, now } = services
  endpoints(app, services)('POST', paths.cards, async (caller, request) =>
    valueOf(await issueCards(storage, caller, bodyOf(CardRequest, request).members, sign, now())),
  )
}
