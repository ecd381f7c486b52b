import compress from '@fastify/compress'
import fastify, {
  LogController,
  type FastifyInstance,
  type FastifyHttpOptions,
  type FastifyServerOptions,
} from 'fastify'
import type { RequestListener, Server } from 'node:http'
import { createServer } from 'node:https'
import { constants } from 'node:zlib'
import { acceptBodies } from './http/body.ts'
import { carryRoute } from './http/carryRoute.ts'
import { endConnections } from './http/closing.ts'
import { enrolRoutes } from './http/enrolRoutes.ts'
import { handleErrors } from './http/errors.ts'
import { cardRoutes } from './http/cardRoutes.ts'
import { eventRoute } from './http/eventRoute.ts'
import { exportRoute } from './http/exportRoute.ts'
import { stampTime } from './http/headers.ts'
import { healthRoutes } from './http/health.ts'
import { installRoutes } from './http/installRoutes.ts'
import { logCalls } from './http/logging.ts'
import { openApiRoute } from './http/openapi/route.ts'
import { pullRoutes } from './http/pullRoutes.ts'
import { pushRoute } from './http/pushRoute.ts'
import { quarantineRoutes } from './http/quarantineRoutes.ts'
import type { LoadLimits } from './http/load.ts'
import { limitRates, secure } from './http/security.ts'
import type { House, Services } from './http/services.ts'
import { shedLoad } from './http/shedding.ts'
import { serveClient } from './http/staticFiles.ts'
import { watchRoutes } from './http/watchRoutes.ts'

export interface AppOptions {
  /** Folder of the built app; where nothing was built, only the calls are served. */
  client: string
  tls?: { cert: string; key: string }
  trustProxy: readonly string[]
  logger: FastifyServerOptions['logger']
  /** What a scraper on another machine shows; absent: figures only for this machine itself. */
  metricsToken?: string | undefined
  /** Looks at the disk that the database is on; absent: it lies elsewhere. */
  house?: (() => Promise<House>) | undefined
  /** How much may be under way at once, and how long a request may take, ms; absent: as usual. */
  load?: LoadLimits
  times?: Partial<typeof usualTimes>
}

/** The whole HTTP side, wired but not listening: tests call it by `inject`. */
export async function buildApp(services: Services, options: AppOptions): Promise<FastifyInstance> {
  const app = newServer(options)
  stampTime(app, services.now)
  handleErrors(app, services.now)
  logCalls(app)
  endConnections(app)
  acceptBodies(app)
  await secure(app, { tls: options.tls !== undefined })
  await shedLoad(app, () => services.meter.shed(), options.load)
  await limitRates(app)
  await app.register(compress, {
    encodings: ['gzip', 'identity'],
    // Level 1 halves the time of level 6 and loses a tenth of the size: phones wait for the first byte.
    zlibOptions: { level: constants.Z_BEST_SPEED },
    globalDecompression: false,
  })
  await routes(app, services, options)
  await serveClient(app, options.client, services.now)
  return app
}

async function routes(
  app: FastifyInstance,
  services: Services,
  { metricsToken, house }: AppOptions,
): Promise<void> {
  const streams = await eventRoute(app, services)
  services.meter.countStreams(() => streams.size)
  healthRoutes(app, services)
  watchRoutes(app, services, metricsToken, house)
  pushRoute(app, services)
  carryRoute(app, services)
  pullRoutes(app, services)
  enrolRoutes(app, services)
  installRoutes(app, services, streams)
  quarantineRoutes(app, services)
  exportRoute(app, services)
  openApiRoute(app)
  cardRoutes(app, services)
}

/** A phone on a slow line gets this long for its request; an idle connection is kept for the next poll. ms. */
const usualTimes = {
  /** Node looks at whole requests only where the head has a shorter time of its own. */
  headersTimeout: 30_000,
  requestTimeout: 120_000,
  keepAliveTimeout: 72_000,
  connectionsCheckingInterval: 10_000,
}
/** Only pages are larger. */
const bodyLimit = 64 * 1024

function newServer({ tls, trustProxy, logger, times: given = usualTimes }: AppOptions): FastifyInstance {
  const times = { ...usualTimes, ...given }
  const { headersTimeout, requestTimeout, keepAliveTimeout, connectionsCheckingInterval } = times
  const base: FastifyHttpOptions<Server> = {
    logger: logger ?? false,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    trustProxy: ['loopback', ...trustProxy],
    forceCloseConnections: 'idle',
    requestTimeout,
    keepAliveTimeout,
    // A socket on which nothing moves, such as that of somebody who does not read an answer, is closed.
    connectionTimeout: requestTimeout,
    http: { headersTimeout, connectionsCheckingInterval },
    routerOptions: { maxParamLength: 60 },
  }
  function overTls(handler: RequestListener): Server {
    const server = createServer({ ...tls, ...times }, handler)
    // To a server that it did not make Fastify does not give its connectionTimeout.
    server.setTimeout(requestTimeout)
    return server
  }
  // Fastify's own `https` option would give the instance another type than plain HTTP has.
  return fastify(tls ? { ...base, serverFactory: overTls } : base)
}
