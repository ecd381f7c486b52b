import type { Draft } from '../../../src/domain/entry.ts'
import { logbookId } from '../../../src/domain/logbooks.ts'
import { copyPhone, loseDisk } from './disks.ts'
import { foulWeather, fairWeather } from './faults.ts'
import { passing, type Neighbourhood, type World } from './neighbourhood.ts'
import type { Phone } from './phone.ts'

/** What people and machines do in a simulated session. Each act draws from the world's seed and nothing else. */
export interface Scene extends World {
  town: Neighbourhood
  phones: Phone[]
  /** How much of the traffic meets a mishap, 0 to 1. */
  foulness: number
  restore: (() => Promise<void>) | null
  restores: number
  revoked: Set<Phone>
  /** Phones that began as one, and those that lost their storage. */
  copied: Set<Phone>
  lost: Set<Phone>
  /** Receipts that came back through another phone. */
  receipts: number
  /** What went wrong before the end. */
  surprises: string[]
}

export type Act = (scene: Scene, phone: Phone) => Promise<void> | void

const dayMs = 86_400_000
const skews = [0, 0, 90_000, -7 * 60_000, 3_600_000, -dayMs, 40 * dayMs, -365 * dayMs, 3 * 365 * dayMs]

function passageAt({ seed, town }: Scene): Draft {
  const at = seed.int(2)
  const celsius = seed.chance(0.5) ? { celsius: 36 + seed.int(25) / 10 } : {}
  return {
    kind: 'passage',
    logbook: logbookId('gate', town.compounds[at] ?? ''),
    body: {
      post: town.gates[at],
      way: seed.pick(['in', 'out']),
      subject: 'person',
      how: 'home',
      home: `1-1-${seed.int(900)}`,
      decision: seed.pick(['admit', 'admit', 'refuse']),
      ...celsius,
    },
  }
}

const log: Act = async (scene, phone) => {
  const drafts = Array.from({ length: 1 + scene.seed.int(4) }, () => passageAt(scene))
  // One by one, as at a gate, or in one go, as an import does.
  if (scene.seed.chance(0.7)) for (const draft of drafts) await scene.ledger.save(phone, [draft])
  else await scene.ledger.save(phone, drafts)
}

const many: Act = async (scene, phone) => {
  await scene.ledger.save(
    phone,
    Array.from({ length: 130 }, () => passageAt(scene)),
  )
}

const correct: Act = async ({ ledger, seed }, phone) => {
  const passages = [...ledger.saved.values()].filter(({ entry }) => entry.kind === 'passage')
  if (passages.length === 0) return
  const { entry } = seed.pick(passages)
  const change = seed.chance(0.5) ? { retract: true } : { patch: { note: `checked ${seed.int(99)}` } }
  await ledger.save(phone, [
    { kind: 'correction', logbook: entry.logbook, body: { target: entry.id, ...change } },
  ])
}

const editHome: Act = async ({ town, ledger, seed }, phone) => {
  const at = seed.int(town.households.length)
  const logbook = logbookId('homes', town.compounds[at % 2] ?? '')
  const body = seed.pick<Draft['body']>([
    { note: `note ${seed.int(99)}` },
    { heads: seed.int(9) },
    { people: [{ name: `Sample ${seed.int(9)}` }] },
    { note: null },
    { removed: seed.chance(0.5) },
  ])
  await ledger.save(phone, [{ kind: 'household', logbook, record: town.households[at] ?? '', body }])
}

/** A kind of a later version of the app: this centre can't place it, and must keep it. */
const future: Act = async ({ town, ledger }, phone) => {
  await ledger.save(phone, [
    { kind: 'patrolRound', logbook: logbookId('gate', town.compounds[0]), body: { steps: 7 } },
  ])
}

const lose: Act = (_scene, phone) => phone.connect(false)
const find: Act = (_scene, phone) => phone.connect(true)

const storm: Act = (scene, phone) => {
  phone.link.weather = foulWeather(scene.seed.fork(`${phone.name} ${scene.time.now()}`), scene.foulness)
}
const clear: Act = (_scene, phone) => {
  phone.link.weather = fairWeather
}

const setClock: Act = ({ seed }, phone) => {
  phone.skewMs = seed.pick(skews)
}

const kill: Act = (_scene, phone) => phone.die()
const open: Act = async (scene, phone) => {
  if (phone.tabs.length < 2) await passing(scene, phone.start())
}

const backUp: Act = async (scene) => {
  scene.restore ??= await scene.centre.backup()
}

const restore: Act = async (scene) => {
  if (!scene.restore || scene.restores > 1) return
  await scene.restore()
  scene.restores++
}

const coordinatorTab = ({ town }: Scene) => (town.coordinator.link.online ? town.coordinator.tab : undefined)

type CoordinatorTab = NonNullable<ReturnType<typeof coordinatorTab>>

/** What the coordinator asks; null where that phone is away, or dies before the answer has come. */
export async function coordinatorAsks<T>(
  scene: Scene,
  ask: (tab: CoordinatorTab) => Promise<T>,
): Promise<T | null> {
  const tab = coordinatorTab(scene)
  if (!tab) return null
  const answer: T[] = []
  void ask(tab).then((value) => answer.push(value))
  while (answer.length === 0 && scene.town.coordinator.tabs.includes(tab)) await scene.time.pass(500)
  return answer[0] ?? null
}

const revoke: Act = async (scene, phone) => {
  const install = phone.tab?.open.identity.get()?.install
  if (!install || phone === scene.town.coordinator || scene.revoked.size > 0) return
  // A copy may still be the same install.
  if (scene.copied.has(phone)) return
  const answer = await coordinatorAsks(scene, (tab) => tab.sync.calls.revoke(install))
  if (answer?.ok) scene.revoked.add(phone)
}

/** Takes a compound from somebody, or gives them both, in one role or another: logbooks are lost, gained, and seen otherwise. */
const regrant: Act = async ({ town, ledger, seed }, phone) => {
  const identity = phone.tab?.open.identity.get()
  if (!identity || phone === town.coordinator) return
  const place = seed.pick([town.community, ...town.compounds])
  const grants = [{ role: seed.pick(['guard', 'gridWorker']), place }]
  await ledger.save(town.coordinator, [
    {
      kind: 'member',
      logbook: logbookId('people', town.community),
      record: identity.member,
      body: { grants },
    },
  ])
}

/** The coordinator vouches for something that was put aside. */
const review: Act = async (scene) => {
  const items = await coordinatorAsks(scene, (tab) => tab.sync.calls.quarantine())
  if (!items?.ok || items.value.length === 0) return
  const { id } = scene.seed.pick(items.value)
  await coordinatorAsks(scene, (tab) => tab.sync.calls.review(id, 'accept'))
}

const tap: Act = (_scene, phone) => phone.tab?.sync.control.tryNow()

/** Acts with their weights: logging is what happens all day, the rest is what goes wrong. */
export const acts: readonly (readonly [Act, number])[] = [
  [log, 30],
  [many, 1],
  [correct, 8],
  [editHome, 8],
  [future, 1],
  [lose, 5],
  [find, 8],
  [storm, 6],
  [clear, 4],
  [setClock, 3],
  [kill, 5],
  [open, 6],
  [backUp, 2],
  [restore, 2],
  [revoke, 1],
  [regrant, 2],
  [review, 3],
  [copyPhone, 1],
  [loseDisk, 2],
  [tap, 3],
]
