import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPostgres } from '../../src/server/storage/postgres/open.ts'
import { Cluster } from '../support/cluster.ts'
import { foundGate, furtherGates, Guard, type GateScene } from '../support/gateScene.ts'
import { seeded } from '../support/seeded.ts'
import { until } from '../support/waiting.ts'

/** Three servers on one PostgreSQL behind nginx as `deploy/nginx.conf` sets it up. */
const size = 3
const kills = 12
let cluster: Cluster
let founded: GateScene
let scene: GateScene
let guards: Guard[]
beforeAll(async () => {
  cluster = await Cluster.of(size)
  founded = await foundGate(cluster.proxy.origin, cluster.secret)
}, 60_000)
afterAll(() => cluster.end())

/** Each test has a gate of its own, and so a logbook. */
beforeEach(async () => {
  guards = []
  scene = (await furtherGates(founded, 1))[0] ?? founded
})
afterEach(() => {
  for (const guard of guards) guard.close()
})

async function enrol(count: number): Promise<void> {
  for (let i = 0; i < count; i++) guards.push(await Guard.enrolled(scene, () => cluster.proxy.origin))
}

/** A guard who logs without a pause; a minute passes on the phone in some seconds, so that polls and back-off go on. */
async function busy(guard: Guard, random: () => number, life: { going: boolean }): Promise<string[]> {
  const ids: string[] = []
  while (life.going) {
    ids.push(...(await guard.log(1 + Math.floor(random() * 8))))
    guard.time.pass(400)
    await pause(40)
  }
  return ids
}

/** What lies in the database of the gate's logbook. */
async function stored() {
  const storage = await openPostgres({ url: cluster.url })
  const entries = await storage.entries({ logbook: scene.gate, after: 0, limit: 1_000_000 })
  const head = (await storage.logbook(scene.gate))?.head
  await storage.close()
  return { ids: entries.map(({ id }) => id).sort(), seqs: entries.map(({ seq }) => seq), head }
}

async function everythingIsThereOnce(logged: readonly string[]): Promise<void> {
  const { ids, seqs, head } = await stored()
  expect(ids).toEqual([...logged].sort())
  expect(seqs).toEqual(seqs.map((_, i) => i + 1))
  expect(head).toBe(ids.length)
}

it('[PU2] [PU3] three servers, one killed each second under load: nothing is lost or doubled (failure modes 14, 16)', async () => {
  await enrol(5)
  const random = seeded(20_261_122)
  const life = { going: true }
  const running = guards.map((guard) => busy(guard, random, life))
  for (let kill = 0; kill < kills; kill++) {
    await pause(300 + random() * 400)
    const index = Math.floor(random() * size)
    // Every fourth is asked to end, as by an update: it finishes what it began.
    const asked = kill % 4 === 3
    expect(await cluster.stop(index, asked ? 'SIGTERM' : 'SIGKILL')).toBe(asked ? 0 : null)
    await cluster.start(index)
  }
  life.going = false
  const logged = await Promise.all(running)
  for (const [i, guard] of guards.entries()) await guard.allSent(logged[i]?.length ?? 0, 30_000)
  expect(logged.flat().length).toBeGreaterThan(kills * 20)
  await everythingIsThereOnce(logged.flat())
  // And each phone has what the others logged.
  for (const guard of guards)
    await until('all of it on every phone', async () => {
      guard.time.pass(20_000)
      return (await guard.shown()).length === logged.flat().length
    })
}, 180_000)

it('[EV2] what comes to one server reaches at once a phone that listens to another', async () => {
  await enrol(2)
  const [writer, listener] = guards
  if (!writer || !listener) throw new Error('nobody is enrolled')
  for (const guard of guards) await guard.allSent(0)
  const hears = async (count: number): Promise<void> => {
    await until(`${count} passages`, async () => (await listener.shown()).length === count)
  }
  // Its stream has opened when the first poke comes; until then a poll brings what there is.
  const logged = await writer.log(1)
  await until('the stream is open', async () => {
    listener.time.pass(10_000)
    return (await listener.shown()).length === 1
  })
  // From here on no time passes on its phone: it polls nothing, and only pokes tell it. The proxy takes turns.
  for (let i = 0; i < 2 * size; i++) {
    logged.push(...(await writer.log(1)))
    await writer.allSent(logged.length)
    await hears(logged.length)
  }
  await everythingIsThereOnce(logged)
}, 60_000)

it('servers that end one after another, as in an update, let no request fail', async () => {
  const { coordinator } = scene
  const answers: number[] = []
  const life = { going: true }
  const asking = (async () => {
    while (life.going) {
      const body = { post: scene.post, celsius: 36.5, fever: false }
      const page = coordinator.seal([{ kind: 'reading', logbook: scene.gate, body }])
      answers.push((await coordinator.send([page])).statusCode)
      answers.push((await coordinator.ask({ url: '/api/v1/scope' })).statusCode)
    }
  })()
  for (let index = 0; index < size; index++) {
    expect(await cluster.stop(index, 'SIGTERM')).toBe(0)
    await cluster.start(index)
  }
  life.going = false
  await asking
  expect(answers.length).toBeGreaterThan(100)
  expect(answers.filter((status) => status !== 200)).toEqual([])
  expect((await stored()).ids).toHaveLength(answers.length / 2)
}, 60_000)
