import type { FastifyInstance } from 'fastify'
import { setTimeout as pause } from 'node:timers/promises'
import { paths } from '../../protocol/api.ts'
import { protocolVersion } from '../../protocol/version.ts'
import type { Reads } from '../storage/storage.ts'
import type { Services } from './services.ts'

/** Longer than this no proxy waits for an answer, ms. */
const patienceMs = 2000

/** Why no calls should be sent here now; `older`: the database was brought further by a newer program. */
type Unready = 'stopping' | 'storage' | 'older'

/** For whoever watches the server; both say nothing about anybody. */
export function healthRoutes(app: FastifyInstance, { storage, now }: Services): void {
  let stopping = false
  app.addHook('preClose', async () => void (stopping = true))
  /** It answers, and its database does. */
  app.get(paths.health, async (_request, reply) => {
    await storage.communities()
    return reply.header('cache-control', 'no-store').send({ ok: true, v: protocolVersion, time: now() })
  })
  /** Calls may be sent to it: what a proxy before several servers asks. */
  app.get(paths.ready, async (_request, reply) => {
    const fault = await unready(storage)
    const why: Unready | null = stopping ? 'stopping' : fault
    reply.header('cache-control', 'no-store')
    if (why === null) return reply.send({ ready: true })
    return reply.code(503).header('retry-after', '5').send({ ready: false, why })
  })
}

async function unready(storage: Reads): Promise<Unready | null> {
  const late = new AbortController()
  const silence = pause(patienceMs, 'storage' as const, { signal: late.signal, ref: false }).catch(
    () => 'storage' as const,
  )
  const ahead = storage.ahead().then(
    (name) => (name === null ? null : ('older' as const)),
    () => 'storage' as const,
  )
  try {
    return await Promise.race([ahead, silence])
  } finally {
    late.abort()
  }
}
