import type { FastifyInstance } from 'fastify'
import type { Server } from 'node:http'
import { once } from 'node:events'
import { join } from 'node:path'
import { buildApp } from './app.ts'
import { inviteOperator } from './auth/invitations.ts'
import type { Config } from './config.ts'
import { loggerOptions } from './http/logging.ts'
import type { Services } from './http/services.ts'
import { addressesOf, everywhere, originOf } from './operator/addresses.ts'
import { certificates, type Certificates } from './operator/certificates.ts'
import { dataFailure, databaseFailure, listenFailure, step } from './operator/failures.ts'
import { prepareFolder } from './operator/folder.ts'
import { lookAround } from './operator/house.ts'
import { keepHouse } from './operator/housekeeping.ts'
import { lockFolder } from './operator/lock.ts'
import type { Started } from './operator/report.ts'
import { openPostgres } from './storage/postgres/open.ts'
import { openSqlite } from './storage/sqlite/open.ts'
import type { Storage } from './storage/storage.ts'
import { localPokes, type Pokes } from './sync/pokes.ts'
import { sharedPokes } from './sync/sharedPokes.ts'
import { fingerprintOf, lanPage } from './tls/page.ts'
import { chance, wire } from './wire.ts'

export interface Running extends Started {
  /** Finishes what was begun, then lets everything go. */
  stop(): Promise<void>
}

interface Opened {
  storage: Storage
  /** Reach every process on the same database. */
  pokes(): Pokes
}

/** Opens the database that was named, or the data folder's. Throws a `Failure` that says what is wrong. */
async function openData({ data, database }: Config): Promise<Opened> {
  if (database !== undefined) {
    const storage = await step(databaseFailure(database), () => openPostgres({ url: database }))
    return { storage, pokes: () => sharedPokes(storage.channel, chance.newId()) }
  }
  return step(dataFailure(data), async () => {
    await prepareFolder(data)
    return { storage: await openSqlite({ file: join(data, 'gatepost.db') }), pokes: localPokes }
  })
}

/** One process per file; a database takes any number of them. */
const claim = ({ data, database }: Config): (() => void) =>
  database === undefined ? lockFolder(data) : () => undefined

/** What went wrong with whichever database it is. */
const storageFailure = ({ data, database }: Config) =>
  database === undefined ? dataFailure(data) : databaseFailure(database)

/** Starts the server; resolves when it listens. Throws a `Failure` that says what is wrong. */
export async function serve(config: Config): Promise<Running> {
  const certs = await step(dataFailure(config.data), async () => {
    await prepareFolder(config.data)
    return certificates(config, Date.now())
  })
  const release = await step(dataFailure(config.data), () => claim(config))
  const closers: (() => Promise<void> | void)[] = [release]
  try {
    return await start(config, certs, closers)
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

type Closers = (() => Promise<void> | void)[]

/** The last that was opened is closed first. */
async function closeAll(closers: Closers): Promise<void> {
  for (const close of closers.splice(0).reverse()) await close()
}

async function start(config: Config, certs: Certificates, closers: Closers): Promise<Running> {
  const { storage, pokes } = await openData(config)
  closers.push(() => storage.close())
  const services = await step(storageFailure(config), () => wire(storage, Date.now, chance, pokes()))
  let endHouse = async (): Promise<void> => undefined
  closers.push(() => endHouse())
  const app = await buildApp(services, appOptions(config, certs))
  closers.push(() => app.close())
  endHouse = keepHouse(storage, Date.now, () => app.log.warn('the clock has leapt: nothing is erased yet'))
  const port = await listen(app, config)
  const addresses = addressesOf(config, { port, tls: certs.tls !== undefined })
  const lan = certs.lan && (await servePage(config, certs.lan, addresses.first, closers))
  return { addresses, lan, setup: await setupLink(services), stop: () => closeAll(closers) }
}

const appOptions = (config: Config, { tls }: Certificates) => ({
  client: config.client,
  ...(tls ? { tls } : {}),
  trustProxy: config.trustProxy,
  logger: loggerOptions(config.logLevel),
  metricsToken: config.metricsToken,
  house: config.database === undefined ? () => lookAround(config.data) : undefined,
})

async function listen(app: FastifyInstance, config: Config): Promise<number> {
  const { port, host } = config
  await step(listenFailure(config, port), () => app.listen({ port, host: host ?? everywhere() }))
  return portOf(app.server)
}

const portOf = (server: Pick<Server, 'address'>): number => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

async function servePage(
  config: Config,
  { authority }: NonNullable<Certificates['lan']>,
  app: string,
  closers: Closers,
) {
  const server = lanPage(authority, app)
  closers.push(() => void server.close().closeAllConnections())
  await step(listenFailure(config, config.lanPort), async () => {
    server.listen(config.lanPort, config.host ?? everywhere())
    await once(server, 'listening')
  })
  const name = new URL(app).hostname
  return { url: originOf(false, name, portOf(server)), fingerprint: fingerprintOf(authority) }
}

/** A set-up link's secret while nobody is enrolled; null once somebody is. */
async function setupLink({ storage, chance, now }: Services): Promise<string | null> {
  if ((await storage.countInstalls()) > 0) return null
  return (await inviteOperator(storage, chance, now())).token
}

/** A fresh link for a coordinator, made beside a running server or without one. */
export async function newLink(config: Config) {
  const { storage } = await openData(config)
  try {
    const key = (await storage.countInstalls()) === 0 ? ('setup' as const) : ('setupOnce' as const)
    const { token } = await inviteOperator(storage, chance, Date.now())
    const tls = config.lan || config.tls !== undefined
    return { key, token, origin: addressesOf(config, { port: config.port, tls }).first }
  } finally {
    await storage.close()
  }
}
