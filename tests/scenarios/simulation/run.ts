import { acts, type Act, type Scene } from './acts.ts'
import { Centre, soundParts, type CentreParts } from './centre.ts'
import { comeBackIfUnknown } from './disks.ts'
import { dutyActs } from './dutyActs.ts'
import { fairWeather } from './faults.ts'
import { judge, mayTakeAnHour, type Findings } from './judge.ts'
import { Ledger } from './ledger.ts'
import { passing, settle, type Neighbourhood, type World } from './neighbourhood.ts'
import type { PhoneParts } from './phone.ts'
import { watch } from './quiet.ts'
import { relayActs } from './relayActs.ts'
import { seeded, type Seeded } from './seeded.ts'
import { virtualTime, type VirtualTime } from './virtualTime.ts'

export interface Parts {
  centre: CentreParts
  phone: (time: VirtualTime) => PhoneParts
  /** How many acts from phone to phone come with each other act. */
  relayShare: number
}

export const sound: Parts = { centre: soundParts, phone: () => ({}), relayShare: 0 }

export interface Outcome {
  seed: number
  findings: Findings
  saved: number
  aside: number
  restores: number
  /** Phones whose disk was copied, or lost. */
  copies: number
  losses: number
  receipts: number
  requests: number
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
/** How many acts of duty come with each other act. */
const dutyShare = 0.4

function draw(seed: Seeded, from: typeof acts): Act {
  let at = seed.int(from.reduce((sum, [, weight]) => sum + weight, 0))
  const found = from.find(([, weight]) => (at -= weight) < 0)
  if (!found) throw new Error('weights do not add up')
  return found[0]
}

/** Some phones are taken out for a few minutes, things happen, and they go back into pockets. */
async function session(scene: Scene, relayShare: number): Promise<void> {
  const { seed, time, phones } = scene
  for (const phone of phones) {
    if (phone.tabs.length === 0 && seed.chance(0.7)) await passing(scene, phone.start())
  }
  for (let i = 3 + seed.int(8); i > 0; i--) {
    await draw(seed, acts)(scene, seed.pick(phones))
    if (seed.chance(dutyShare)) await draw(seed, dutyActs)(scene, seed.pick(phones))
    if (relayShare > 0 && seed.chance(relayShare)) await draw(seed, relayActs)(scene, seed.pick(phones))
    if (seed.chance(0.6)) await time.pass(seed.int(20_000))
  }
  await time.pass(seed.int(2 * minuteMs))
  for (const phone of phones) if (seed.chance(0.8)) phone.die()
  // What stays open is in a pocket: nothing asks the centre each minute there.
  for (const phone of phones) phone.visible = false
  await time.pass(seed.int(4) * minuteMs)
  if (phones.every((phone) => phone.tabs.length === 0)) await time.pass(seed.int(10) * hourMs)
  for (const phone of phones) phone.visible = true
}

/** Everybody has a network and time. Gives what was still wrong at the end. */
async function calm(scene: Scene): Promise<Findings> {
  for (const phone of scene.phones) {
    phone.link.weather = fairWeather
    if (phone.tabs.length === 0) await passing(scene, phone.start())
    phone.connect(true)
  }
  for (const phone of scene.phones) await comeBackIfUnknown(scene, phone)
  await scene.time.pass(2 * minuteMs)
  let findings: Findings = []
  for (let minute = 3; minute <= 8; minute++) {
    await scene.time.pass(minuteMs)
    findings = await judge(scene)
    if (findings.length === 0) break
  }
  return findings
}

/** An hour more where all that is left is what a phone finds out each hour. */
async function lastJudgement(scene: Scene, findings: Findings): Promise<Findings> {
  if (findings.length === 0 || !findings.every((finding) => mayTakeAnHour(scene, finding))) return findings
  await scene.time.pass(hourMs + minuteMs)
  return judge(scene)
}

const beginning = (world: World, town: Neighbourhood): Scene => ({
  ...world,
  town,
  phones: [town.coordinator, ...town.others],
  foulness: world.seed.pick([0.05, 0.2, 0.5]),
  restore: null,
  restores: 0,
  revoked: new Set(),
  copied: new Set(),
  lost: new Set(),
  receipts: 0,
  surprises: [],
})

/** One seed from the first scan to the last receipt. */
export async function simulate(seedNumber: number, parts: Parts = sound): Promise<Outcome> {
  watch()
  const seed = seeded(seedNumber)
  const time = virtualTime(Date.UTC(2026, 2, 1) + seed.int(1000) * hourMs)
  const centre = new Centre(time.now, parts.centre)
  await centre.start()
  const world: World = { time, centre, seed, ledger: new Ledger(), phoneParts: parts.phone(time) }
  const town = await settle(world)
  const scene = beginning(world, town)
  for (let sessions = 4 + seed.int(6); sessions > 0; sessions--) await session(scene, parts.relayShare)
  const findings = await lastJudgement(scene, await calm(scene))
  const aside = (await centre.storage.quarantineIn(town.community, 100_000)).length
  for (const phone of scene.phones) phone.die()
  await centre.stop()
  const { saved } = scene.ledger
  return {
    seed: seedNumber,
    findings,
    saved: saved.size,
    aside,
    restores: scene.restores,
    copies: scene.copied.size / 2,
    losses: scene.lost.size,
    receipts: scene.receipts,
    requests: centre.requests,
  }
}
