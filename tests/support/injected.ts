import type { FastifyInstance } from 'fastify'
import { TransportFailed, type Transport } from '../../src/client/platform/transport.ts'

/** A phone's way to a centre within this process. Nothing may rest on pokes: it carries none. */
export const injected = (app: FastifyInstance): Transport => ({
  async send({ method, path, headers, body }) {
    const payload = body === undefined ? {} : { payload: Buffer.from(body) }
    const answer = await app.inject({ method, url: path, headers, ...payload })
    return {
      status: answer.statusCode,
      header: (name) => (answer.headers[name] === undefined ? null : String(answer.headers[name])),
      bytes: new Uint8Array(answer.rawPayload),
    }
  },
  open: () => Promise.reject(new TransportFailed('offline')),
})
