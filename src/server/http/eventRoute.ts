import sse from '@fastify/sse'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { headers, paths } from '../../protocol/api.ts'
import { callerFrom, type Caller } from '../auth/caller.ts'
import { endpoints } from './endpoint.ts'
import { Problem } from './problem.ts'
import { nothingYet, type Holdings, type Sink } from './stream.ts'
import { Streams } from './streams.ts'
import type { Services } from './services.ts'

/** A comment line this often, so that both ends notice a dead line ([EV3]). */
const beatMs = 20_000

/** Server-sent pokes ([EV1]). Answers the streams, so that others can end them. */
export async function eventRoute(app: FastifyInstance, services: Services): Promise<Streams> {
  const { storage, pokes, sync, now } = services
  const holdingsFor = async (caller: Caller): Promise<Holdings> => {
    const { logbooks, grants, name } = await sync.scope(caller, now())
    const ids = logbooks.map(({ id }) => id).sort()
    return { logbooks: new Set(ids), stamp: JSON.stringify([ids, grants, name]) }
  }
  const streams = new Streams(async (id) => {
    const install = await storage.install(id)
    return install && install.status !== 'revoked' ? holdingsFor(await callerFrom(storage, install)) : null
  })
  await app.register(sse, { heartbeatInterval: beatMs })
  // Told before the plugin tells it in a shape of its own.
  app.addHook('onRequest', async ({ routeOptions, headers: { accept = '*/*' } }) => {
    if (routeOptions.url === paths.events && !/event-stream|\*\/\*|text\/\*/i.test(accept))
      throw new Problem('bad-request')
  })
  endpoints(app, services)(
    'GET',
    paths.events,
    async (caller, _request, reply) => {
      reply.sse.keepAlive()
      reply.header(headers.time, String(now()))
      reply.sse.sendHeaders()
      // The first bytes carry the headers with them, past proxies that wait for a body, too.
      reply.raw.write(': open\n\n')
      // One that has gone meanwhile would never be heard to go.
      if (!reply.sse.isConnected) return
      reply.sse.onClose(streams.add(caller.install.id, nothingYet, sinkOf(reply)))
      await streams.look(caller.install.id)
    },
    { sse: 'only' },
  )
  const silence = pokes.subscribe((poke) => {
    if ('scope' in poke) return void streams.scope()
    streams.logbook(poke.logbook, poke.seq)
  })
  app.addHook('preClose', async () => {
    silence()
    streams.endAll()
  })
  return streams
}

const sinkOf = (reply: FastifyReply): Sink => ({
  send: (data) => reply.sse.send({ data }),
  close: () => reply.sse.close(),
})
