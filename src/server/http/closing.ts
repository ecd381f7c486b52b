import type { FastifyInstance } from 'fastify'

/** While the server stops, each answer ends its connection, so that stopping never waits for an idle one. */
export function endConnections(app: FastifyInstance): void {
  let closing = false
  app.addHook('preClose', async () => void (closing = true))
  app.addHook('onSend', async (_request, reply, payload) => {
    if (closing) reply.header('connection', 'close')
    return payload
  })
}
