import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { callerOf, type Caller } from '../auth/caller.ts'
import type { Outcome } from '../auth/outcome.ts'
import { StorageUnavailable } from '../storage/errors.ts'
import type { Storage } from '../storage/storage.ts'
import { saidBy } from './headers.ts'
import { Problem } from './problem.ts'

export interface EndpointDeps {
  storage: Storage
  /** The centre's time, ms. */
  now(): number
}

export type Method = 'GET' | 'POST' | 'DELETE'
export type Endpoint = (caller: Caller, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>

/** The value of an outcome; a refusal ends the call. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Problem(outcome.problem)
  return outcome.value
}

/**
 * The one way in for calls that carry a token: token → install → member → grants, on every call anew ([AU3]).
 * What the caller may do with it is asked of `permissions` by what the route calls.
 */
export function endpoints(app: FastifyInstance, { storage, now }: EndpointDeps) {
  return (method: Method, url: string, run: Endpoint, options: { sse?: 'only' } = {}): void => {
    app.route({
      method,
      url,
      ...options,
      handler: async (request, reply) => {
        const caller = valueOf(await callerOf(storage, request.headers.authorization, now()))
        await note(storage, caller, request, now())
        reply.header('cache-control', 'no-store')
        return run(caller, request, reply)
      },
    })
  }
}

/** A minute is exact enough for a coordinator's list and keeps polling phones off the disk. */
const notedEveryMs = 60_000

/** Keeps when a phone was last heard from and what it said it holds. */
async function note(
  storage: Storage,
  { install }: Caller,
  request: FastifyRequest,
  now: number,
): Promise<void> {
  const { unsent, app } = saidBy(request)
  const news = (unsent !== null && unsent !== install.unsent) || (app !== null && app !== install.app)
  if (!news && now - (install.lastHeard ?? 0) < notedEveryMs) return
  const changes = { lastHeard: now, ...(unsent === null ? {} : { unsent }), ...(app === null ? {} : { app }) }
  try {
    await storage.write((tx) => tx.updateInstall(install.id, changes))
  } catch (error) {
    // A full disk keeps nobody from reading.
    if (!(error instanceof StorageUnavailable)) throw error
  }
}
