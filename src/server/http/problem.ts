import type { FastifyReply } from 'fastify'
import { problemBody, problems, type ProblemCode } from '../../protocol/problems.ts'

/** Thrown by a route to end a call with a problem of the catalogue. Never carries anything personal. */
export class Problem extends Error {
  readonly code: ProblemCode
  /** Seconds after which a further try may help. */
  readonly retryAfter: number | undefined
  constructor(code: ProblemCode, retryAfter?: number) {
    super(code)
    this.name = 'Problem'
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** Sends a problem as RFC 9457 has it. `now`: the centre's time, ms. */
export function sendProblem(reply: FastifyReply, { code, retryAfter }: Problem, now: number): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  const body = problemBody(code, { time: now, ...(retryAfter === undefined ? {} : { retryAfter }) })
  return reply
    .code(problems[code])
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body))
}
