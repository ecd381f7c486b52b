import serveStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { existsSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { Problem, sendProblem } from './problem.ts'

const forever = 'public, max-age=31536000, immutable'
/** Asked for again each time, answered by 304 where nothing changed: the shell and the service worker. */
const revalidated = 'no-cache'

/**
 * Serves the built app, precompressed where the build left `.br` and `.gz` beside a file. A navigation to a path of
 * the app's own router gets the shell; everything else that is not there is a plain 404.
 */
export async function serveClient(app: FastifyInstance, folder: string, now: () => number): Promise<void> {
  const root = resolve(folder)
  const named = join(root, 'assets', sep)
  const built = existsSync(join(root, 'index.html'))
  if (built)
    await app.register(serveStatic, {
      root,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        reply.header('cache-control', path.startsWith(named) ? forever : revalidated)
      },
    })
  app.setNotFoundHandler((request, reply) => {
    if (built && isNavigation(request)) return reply.sendFile('index.html')
    return sendProblem(reply, new Problem('not-found'), now())
  })
}

function isNavigation({ method, url, headers }: FastifyRequest): boolean {
  const path = url.split('?', 1)[0] ?? ''
  const asksForPage = headers.accept?.includes('text/html') ?? false
  return method === 'GET' && asksForPage && !path.startsWith('/api/') && !/\.[a-z0-9]+$/i.test(path)
}
