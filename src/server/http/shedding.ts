import underPressure from '@fastify/under-pressure'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { paths } from '../../protocol/api.ts'
import { Load, type LoadLimits, type Ticket } from './load.ts'
import { Problem } from './problem.ts'
import { Turnstile } from './turnstile.ts'

/** After this many seconds a call that was turned away may come again. */
const comeAgain = 5

const tickets = new WeakMap<FastifyRequest, Ticket>()

/** A call grows by inflating, as soon as others that are under way leave room; where there is none, it is turned away. */
export async function grown(request: FastifyRequest, bytes: number): Promise<void> {
  if ((await tickets.get(request)?.grow(bytes)) === false) throw new Problem('busy', comeAgain)
}

/** So much of its body has come; where that is too much, it is turned away. */
export function came(request: FastifyRequest, bytes: number): void {
  if (tickets.get(request)?.came(bytes, performance.now()) === false) throw new Problem('busy', comeAgain)
}

/** So many large answers are made at once; made, they are counted. */
const answersAtOnce = 4
const answers = new Turnstile(answersAtOnce)

/** Makes an answer that may be large when its turn comes, and where those that nobody has read yet leave room. */
export function answered<T>(request: FastifyRequest, make: () => Promise<T>): Promise<T> {
  return answers.pass(async () => {
    const ticket = tickets.get(request)
    if (ticket?.load.hasRoom === false) throw new Problem('busy', comeAgain)
    const answer = await make()
    if (typeof answer === 'string') ticket?.add(answer.length * 2)
    return answer
  })
}

/** Calls of the wire; a stream is open for hours and holds next to nothing, files and health are small. */
const counts = ({ routeOptions: { url } }: FastifyRequest): boolean =>
  url !== undefined && url.startsWith('/api/') && url !== paths.events

/**
 * Turns calls away before memory grows, with 503 and a time to come again: where more is under way than `limits` say, or
 * where the loop can't keep up. A phone keeps everything until then. `told` hears of each.
 */
export async function shedLoad(app: FastifyInstance, told: () => void, limits?: LoadLimits): Promise<void> {
  // Whoever does not read what they asked for keeps nobody from sending.
  const [asking, sending] = [new Load(limits), new Load(limits)]
  app.addHook('onRequest', async (request, reply) => {
    if (!counts(request)) return
    const ticket =
      request.method === 'GET'
        ? asking.enter(0)
        : sending.open(() => request.raw.destroy(), performance.now())
    if (!ticket) throw new Problem('busy', comeAgain)
    tickets.set(request, ticket)
    // One whose body never comes whole is never answered.
    reply.raw.once('close', () => ticket.leave())
  })
  app.addHook('preHandler', async (request) => {
    if (tickets.get(request)?.whole() === false) throw new Problem('busy', comeAgain)
  })
  app.addHook('onResponse', async (request, reply) => {
    tickets.get(request)?.leave()
    if (reply.statusCode === 503 && reply.hasHeader('retry-after') && counts(request)) told()
  })
  await app.register(underPressure, {
    maxEventLoopDelay: 3000,
    pressureHandler: () => {
      throw new Problem('busy', comeAgain)
    },
  })
}
