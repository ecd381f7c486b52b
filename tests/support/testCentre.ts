import type { FastifyInstance } from 'fastify'
import { join } from 'node:path'
import { v7 } from 'uuid'
import * as v from 'valibot'
import type { Grant } from '../../src/domain/members.ts'
import { logbookId } from '../../src/domain/logbooks.ts'
import { Invited, paths } from '../../src/protocol/api.ts'
import { buildApp, type AppOptions } from '../../src/server/app.ts'
import { inviteOperator } from '../../src/server/auth/invitations.ts'
import type { Services } from '../../src/server/http/services.ts'
import { openSqlite } from '../../src/server/storage/sqlite/open.ts'
import type { Storage } from '../../src/server/storage/storage.ts'
import { wire } from '../../src/server/wire.ts'
import { newFolder, removeFolder } from './folders.ts'
import { TestPhone } from './testPhone.ts'

/** A whole centre in this process: the real storage, sync, auth and routes, called by `inject`. */
export interface TestCentre {
  app: FastifyInstance
  services: Services
  /** The centre's time; tests move it. */
  clock: { now: number }
  phone(): TestPhone
  /** The first coordinator, enrolled by a set-up link, with a named community, one compound and one gate. */
  found(): Promise<Founded>
  end(): Promise<void>
}

export interface Founded {
  coordinator: TestPhone
  community: string
  compound: string
  post: string
  gate: string
  /** Invites with these grants and enrols a phone. */
  join(name: string, grants: Grant[]): Promise<TestPhone>
}

export async function testCentre(
  options: Partial<AppOptions> = {},
  adapt: (services: Services) => Services = (services) => services,
): Promise<TestCentre> {
  const folder = newFolder('centre')
  const storage = await openSqlite({ file: join(folder, 'gatepost.db'), durable: false })
  const centre = await centreOn(storage, { client: folder, ...options }, adapt)
  return {
    ...centre,
    end: async () => {
      await centre.end()
      await storage.close()
      removeFolder(folder)
    },
  }
}

/** As `testCentre`, on a database of the test's own, which stays open at its end. */
export async function centreOn(
  storage: Storage,
  options: Partial<AppOptions> = {},
  adapt: (services: Services) => Services = (services) => services,
): Promise<TestCentre> {
  const clock = { now: 1_800_000_000_000 }
  const now = () => clock.now
  const services = adapt(await wire(storage, now))
  const app = await buildApp(services, { client: '/nowhere', trustProxy: [], logger: false, ...options })
  const phone = () => new TestPhone(app, now)
  const end = async () => void (await app.close())
  return { app, services, clock, phone, found: () => found(services, phone), end }
}

async function found(services: Services, phone: () => TestPhone): Promise<Founded> {
  const { storage, chance, now } = services
  const coordinator = phone()
  const { token } = await inviteOperator(storage, chance, now())
  const { community } = await coordinator.enrol(token, '王主任')
  const [compound, post] = [v7(), v7()]
  const duty = logbookId('duty', community)
  const doc = (kind: string, record: string, body: Record<string, unknown>) => ({
    kind,
    logbook: duty,
    record,
    body,
  })
  await coordinator.push([
    doc('place', community, { level: 'community', name: '示例社区', zone: 'Asia/Shanghai' }),
    doc('place', compound, { level: 'compound', name: '一号院', parent: community }),
    doc('post', post, { type: 'gate', name: '南门', place: compound }),
  ])
  const join = async (name: string, grants: Grant[]) => {
    const joined = phone()
    await joined.enrol(await invitation(coordinator, grants), name)
    return joined
  }
  return { coordinator, community, compound, post, gate: logbookId('gate', compound), join }
}

/** A fresh invitation's secret. */
export async function invitation(by: TestPhone, grants: Grant[], minutes = 10): Promise<string> {
  const answer = await by.ask({ method: 'POST', url: paths.invitations, body: { grants, minutes } })
  return v.parse(Invited, answer.json()).token
}
