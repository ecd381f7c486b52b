import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import type { FastifyInstance, RouteShorthandOptions } from 'fastify'
import { Problem } from './problem.ts'

/** Held in Chromium, Firefox and WebKit; nothing inline, no eval. Scanning codes needs WebAssembly. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
    formAction: ["'self'"],
  },
}

/** Headers that keep a browser strict. `tls`: this server speaks HTTPS itself, so browsers may insist on it. */
export async function secure(app: FastifyInstance, { tls }: { tls: boolean }): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy,
    strictTransportSecurity: tls ? { maxAge: 15_552_000, includeSubDomains: false } : false,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginEmbedderPolicy: false,
  })
  app.addHook('onSend', async (_request, reply, payload) => {
    reply.header('permissions-policy', 'camera=(self), geolocation=(self), microphone=()')
    return payload
  })
}

/** Tries per minute and address at calls that need no token ([EN3]); a whole hall may enrol behind one address. */
export const triesPerMinute = 60

export async function limitRates(app: FastifyInstance): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => new Problem('too-many', Math.ceil(ttl / 1000)),
  })
}

export const limited: RouteShorthandOptions = {
  config: { rateLimit: { max: triesPerMinute, timeWindow: 60_000 } },
}
