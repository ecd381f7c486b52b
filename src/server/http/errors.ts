import type { FastifyInstance } from 'fastify'
import type { ProblemCode } from '../../protocol/problems.ts'
import { StorageUnavailable } from '../storage/errors.ts'
import { Problem, sendProblem } from './problem.ts'

/** What Fastify and its plugins throw, by their codes. */
const knownCodes: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'bad-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad-request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_UNDER_PRESSURE: 'busy',
}

const field = (error: unknown, name: 'code' | 'statusCode'): unknown =>
  typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined

/** The problem that an error stands for. What nobody foresaw is `internal`, and says nothing more outside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof StorageUnavailable) return new Problem('storage-unavailable', 60)
  const known = knownCodes[String(field(error, 'code'))]
  if (known) return new Problem(known, known === 'busy' ? 5 : undefined)
  const status = field(error, 'statusCode')
  if (status === 413) return new Problem('too-large')
  if (typeof status === 'number' && status >= 400 && status < 500) return new Problem('bad-request')
  return new Problem('internal')
}

/** One handler for everything that goes wrong in any route. */
export function handleErrors(app: FastifyInstance, now: () => number): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error)
    if (problem.code === 'internal' || problem.code === 'storage-unavailable')
      request.log.error({ err: error, route: request.routeOptions.url }, problem.code)
    return sendProblem(reply, problem, now())
  })
}
