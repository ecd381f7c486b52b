import type { ServerResponse } from 'node:http'
import Fastify from 'fastify'
import type { Server, ServerOptions } from '../../lib/peer.ts'
import { portOf } from '../../lib/site.ts'
import { openDocuments, type Change } from './documents.ts'

/** RxDB's replication: push with conflicts, pull by checkpoint, news by server-sent events. */
export async function start({ dir }: ServerOptions): Promise<Server> {
  const documents = openDocuments(dir)
  const streams = new Set<ServerResponse>()
  const app = Fastify({ bodyLimit: 64 << 20 })

  app.post<{ Body: Change[] }>('/push', async ({ body }) => {
    const { conflicts, stored, seq } = documents.push(body)
    if (stored.length > 0 && streams.size > 0) {
      const news = `data: ${JSON.stringify({ documents: stored, checkpoint: { seq } })}\n\n`
      for (const stream of streams) stream.write(news)
    }
    return conflicts
  })
  app.get<{ Querystring: { seq?: string; limit?: string } }>('/pull', async ({ query }) =>
    documents.pull(Number(query.seq ?? 0), Number(query.limit ?? 1000)),
  )
  app.get('/stream', (_request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    reply.raw.write(':ok\n\n')
    streams.add(reply.raw)
    reply.raw.on('close', () => streams.delete(reply.raw))
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return {
    port: portOf(app.server),
    count: documents.count,
    close: async () => {
      app.server.closeAllConnections()
      await app.close()
      documents.close()
    },
  }
}
