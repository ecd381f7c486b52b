import { hash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { paths, type Status } from '../../protocol/api.ts'
import { listBulkReads } from '../auth/bulkReads.ts'
import { mayActAtHome } from '../auth/caller.ts'
import { version } from '../version.ts'
import { endpoints, valueOf } from './endpoint.ts'
import { Problem } from './problem.ts'
import type { House, Services } from './services.ts'

const loopback = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/
/** A proxy on this machine speaks from loopback, too, but says for whom. */
const forwarded = [
  'forwarded',
  'via',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'x-real-ip',
]

const digest = (text: string): Buffer => hash('sha256', text, 'buffer')

/** With a token, whoever has it; without one, whoever calls from this machine itself. */
function mayWatch(request: FastifyRequest, token: string | undefined): boolean {
  if (token === undefined)
    return (
      loopback.test(request.socket.remoteAddress ?? '') &&
      forwarded.every((name) => request.headers[name] === undefined)
    )
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
}

const nowhere = async (): Promise<House> => ({ backupAt: null, freeBytes: null })

/** Figures for whoever runs the server, and for a coordinator. `token`: what a scraper on another machine shows. */
export function watchRoutes(
  app: FastifyInstance,
  services: Services,
  token: string | undefined,
  house: () => Promise<House> = nowhere,
): void {
  const { storage, meter, now } = services
  app.addHook('onResponse', async (request, reply) => {
    meter.called(request.method, request.routeOptions.url ?? 'none', reply.statusCode)
  })
  app.get(paths.metrics, async (request, reply) => {
    // Nobody else learns that it is there.
    if (!mayWatch(request, token)) throw new Problem('not-found')
    const { type, text } = await meter.scrape()
    return reply.type(type).header('cache-control', 'no-store').send(text)
  })
  const route = endpoints(app, services)
  route('GET', paths.bulkReads, async (caller) => valueOf(await listBulkReads(storage, caller)))
  route('GET', paths.status, async (caller): Promise<Status> => {
    if (!(await mayActAtHome(storage, caller, 'status'))) throw new Problem('not-permitted')
    const community = await storage.figures(caller.community)
    const kept = { ...(await storage.extent()), ...(await house()) }
    return {
      time: now(),
      community: { ...community },
      server: { version, ...(await meter.told()) },
      storage: kept,
    }
  })
}
