import type { Draft } from '../../../src/domain/entry.ts'
import { logbookId } from '../../../src/domain/logbooks.ts'
import type { Role } from '../../../src/domain/members.ts'
import type { Centre } from './centre.ts'
import type { Ledger } from './ledger.ts'
import { Phone, type PhoneParts } from './phone.ts'
import type { Seeded } from './seeded.ts'
import type { VirtualTime } from './virtualTime.ts'

/** A small community: two compounds with a gate each, one coordinator, a grid worker, two or three guards. */
export interface Neighbourhood {
  community: string
  compounds: readonly [string, string]
  gates: readonly [string, string]
  households: readonly string[]
  /** An organisation that reports in. */
  unit: string
  coordinator: Phone
  others: Phone[]
}

export interface World {
  time: VirtualTime
  centre: Centre
  seed: Seeded
  ledger: Ledger
  phoneParts: PhoneParts
}

const uuidOf = (seed: Seeded): string => {
  const hex = [...seed.bytes(16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

const document = (kind: string, logbook: string, record: string, body: Draft['body']): Draft => ({
  kind,
  logbook,
  record,
  body,
})

async function until(world: World, what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 60; tries++) {
    if (await holds()) return
    await world.time.pass(5_000)
  }
  throw new Error(`the neighbourhood did not come up: ${what}`)
}

/** Runs what waits for virtual time while time passes. */
export async function passing<T>(world: World, work: Promise<T>): Promise<T> {
  let settled = false
  const watched = work.finally(() => (settled = true))
  watched.catch(() => undefined)
  while (!settled) await world.time.pass(500)
  return watched
}

async function enrol(world: World, name: string, token: string): Promise<Phone> {
  const { time, centre, seed, phoneParts } = world
  const phone = new Phone(name, time, centre, seed, phoneParts)
  const tab = await phone.start()
  const answer = await passing(world, tab.sync.calls.enrol({ token, name, device: 'Simulated' }))
  if (!answer.ok) throw new Error(`${name} was not enrolled: ${answer.problem}`)
  return phone
}

async function invite(world: World, from: Phone, name: string, role: Role, place: string): Promise<Phone> {
  const request = { name, grants: [{ role, place }], minutes: 10 }
  const tab = from.tab
  if (!tab) throw new Error('the coordinator is away')
  const invited = await passing(world, tab.sync.calls.invite(request))
  if (!invited.ok) throw new Error(`no invitation for ${name}: ${invited.problem}`)
  return enrol(world, name, invited.value.token)
}

export async function settle(world: World): Promise<Neighbourhood> {
  const { seed, ledger, centre } = world
  const coordinator = await enrol(world, 'coordinator', await centre.setupToken())
  const community = coordinator.tab?.open.identity.get()?.community ?? ''
  const duty = logbookId('duty', community)
  const [a, b, gateA, gateB] = [uuidOf(seed), uuidOf(seed), uuidOf(seed), uuidOf(seed)]
  const unit = uuidOf(seed)
  const households = Array.from({ length: 4 }, () => uuidOf(seed))
  await ledger.save(coordinator, [
    document('place', duty, community, { level: 'community', name: 'Sample community' }),
    ...[a, b].map((id, i) =>
      document('place', duty, id, { level: 'compound', name: `Sample ${i}`, parent: community }),
    ),
    document('post', duty, gateA, { type: 'gate', name: 'East', place: a }),
    document('post', duty, gateB, { type: 'gate', name: 'West', place: b }),
    document('unit', duty, unit, { type: 'firm', name: 'Sample firm', daily: true }),
    ...households.map((id, i) =>
      document('household', logbookId('homes', i % 2 ? b : a), id, {
        home: `1-1-10${i}`,
        people: [{ name: 'Sample' }],
      }),
    ),
  ])
  const others: Phone[] = []
  const there = async () => (await centre.storage.logbooksUnder([community])).length >= 7
  await until(world, 'compounds', there)
  others.push(await invite(world, coordinator, 'guard a', 'guard', a))
  others.push(await invite(world, coordinator, 'guard b', 'guard', seed.chance(0.5) ? b : community))
  others.push(await invite(world, coordinator, 'grid worker', 'gridWorker', community))
  return { community, compounds: [a, b], gates: [gateA, gateB], households, unit, coordinator, others }
}
