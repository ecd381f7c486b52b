import { v7 } from 'uuid'
import { systemTimers } from '../../src/client/platform/timers.ts'
import { fetchTransport } from '../../src/client/platform/transport.ts'
import type { Fact } from '../../src/domain/entry.ts'
import { device, openTab, type Tab } from './clientPhone.ts'
import { httpLine } from './httpLine.ts'
import { invitation } from './testCentre.ts'
import { TestPhone } from './testPhone.ts'
import { virtualTime, type VirtualTime } from './virtualTime.ts'
import { until } from './waiting.ts'

/** A compound with a gate at a real server, and the coordinator who made it. */
export interface GateScene {
  coordinator: TestPhone
  compound: string
  post: string
  /** Its logbook. */
  gate: string
}

const docIn = (community: string) => (kind: string, record: string, body: Record<string, unknown>) => ({
  ...{ kind, logbook: `duty/${community}`, record },
  body,
})

/** At a server on which nobody is enrolled; `secret` is that of its set-up link. */
export async function foundGate(origin: string, secret: string): Promise<GateScene> {
  const coordinator = new TestPhone(httpLine(origin))
  const { community } = await coordinator.enrol(secret, '王主任')
  const [compound, post] = [v7(), v7()]
  const doc = docIn(community)
  await coordinator.push([
    doc('place', community, { level: 'community', name: '示例社区' }),
    doc('place', compound, { level: 'compound', name: '一号院', parent: community }),
    doc('post', post, { type: 'gate', name: '南门', place: compound }),
  ])
  return { coordinator, compound, post, gate: `gate/${compound}` }
}

/** So many gates of further compounds of the same community, two to each; the two of a compound share its logbook. */
export async function furtherGates({ coordinator }: GateScene, count: number): Promise<GateScene[]> {
  const community = coordinator.enrolled?.community ?? ''
  const doc = docIn(community)
  const scenes: GateScene[] = []
  while (scenes.length < count) {
    const [compound, one, two] = [v7(), v7(), v7()]
    const post = (name: string) => ({ type: 'gate', name, place: compound })
    await coordinator.push([
      doc('place', compound, { level: 'compound', name: '又一院', parent: community }),
      doc('post', one, post('北门')),
      doc('post', two, post('南门')),
    ])
    for (const post of [one, two]) scenes.push({ coordinator, compound, post, gate: `gate/${compound}` })
  }
  return scenes.slice(0, count)
}

/** A guard with the app itself: real store, real sync, over a real network. */
export class Guard {
  readonly tab: Tab
  /** Goes on only when told: back-off and polls are the test's to give. */
  readonly time: VirtualTime
  readonly #scene: GateScene

  private constructor(tab: Tab, time: VirtualTime, scene: GateScene) {
    this.tab = tab
    this.time = time
    this.#scene = scene
  }

  /** `origin` is asked with each request. */
  static async enrolled(scene: GateScene, origin: () => string): Promise<Guard> {
    const time = virtualTime(Date.now())
    const line = () => fetchTransport(systemTimers, origin())
    const phone = device(
      { send: (request) => line().send(request), open: (request) => line().open(request) },
      time,
    )
    const tab = await openTab(phone)
    const token = await invitation(scene.coordinator, [{ role: 'guard', place: scene.compound }])
    const answer = await tab.sync.calls.enrol({ token, name: '李四', device: 'Test phone' })
    if (!answer.ok) throw new Error(`not enrolled: ${answer.problem}`)
    return new Guard(tab, time, scene)
  }

  /** Saves so many passages; answers their ids. */
  async log(count: number): Promise<string[]> {
    const { post, gate: logbook } = this.#scene
    const body = { post, way: 'in', subject: 'person', how: 'none', decision: 'admit' }
    const drafts = Array.from({ length: count }, () => ({ kind: 'passage', logbook, body }))
    return (await this.tab.open.store.save(drafts)).map(({ id }) => id)
  }

  /** Time passes until all of so many entries is at the centre, as far as the phone knows. */
  async allSent(count: number, withinMs = 15_000): Promise<void> {
    await until(
      `${count} entries sent`,
      () => {
        const { logged, waiting, received } = this.tab.status()
        if (logged === count && received === count && waiting === 0) return true
        this.time.pass(10_000)
        return false
      },
      withinMs,
    )
  }

  /** Ids of the passages that this phone shows, its own and those of others. */
  shown(): Promise<string[]> {
    return new Promise((resolve) => {
      const take = (facts: readonly Fact[], first: boolean): void => {
        if (!first) return
        resolve(facts.map(({ id }) => id))
        queueMicrotask(() => stop())
      }
      const stop = this.tab.open.store.followFacts(this.#scene.gate, -8.64e15, take)
    })
  }

  close(): void {
    this.tab.close()
  }
}
