import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { LogLevel } from '../config.ts'

/** Where log lines go; standard output unless a test wants to read them. */
export interface LogTarget {
  write(line: string): void
}

/** Frames of a stack without its first lines: an error's message may quote what a person wrote. */
const frames = (error: Error): string =>
  (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
    .join(' | ')

/** `message` is left empty for the reason above; the stack says where. */
function describe(error: Error) {
  const code: unknown = Reflect.get(error, 'code')
  const known = typeof code === 'string' ? { code } : {}
  return { type: error.name, message: '', ...known, stack: frames(error) }
}

/**
 * Log lines are JSON and hold a route's template, never its address: no query, no token, no name. Addresses of
 * people's phones are left out, too.
 */
export function loggerOptions(level: LogLevel, target?: LogTarget): FastifyServerOptions['logger'] {
  if (level === 'silent') return false
  return {
    level,
    base: null,
    serializers: { req: () => ({}), res: () => ({}), err: describe },
    ...(target ? { stream: target } : {}),
  }
}

/** One line per call once it is answered: who knows the template knows nothing of a person. */
export function logCalls(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const status = reply.statusCode
    const line = {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status,
      ms: Math.round(reply.elapsedTime),
    }
    if (status >= 500) request.log.warn(line, 'call')
    else request.log.info(line, 'call')
  })
}
