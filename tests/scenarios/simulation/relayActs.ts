import type { Act, Scene } from './acts.ts'
import { passing } from './neighbourhood.ts'
import type { Phone, Tab } from './phone.ts'

/** Two phones that are held together, both running. */
interface Meeting {
  from: Phone
  to: Phone
  fromTab: Tab
  toTab: Tab
}

/** What comes of work on both phones; null where it failed, or one of them died over it. */
async function together<T>(scene: Scene, meeting: Meeting, work: Promise<T>): Promise<T | null> {
  const outcome: (T | null)[] = []
  work.then(
    (value) => outcome.push(value),
    () => outcome.push(null),
  )
  const { from, to, fromTab, toTab } = meeting
  const both = (): boolean => from.tabs.includes(fromTab) && to.tabs.includes(toTab)
  while (outcome.length === 0 && both()) await scene.time.pass(500)
  return outcome[0] ?? null
}

/** One hands over what waits; whether the other got it, and whether the first was told, is chance. */
async function give(scene: Scene, { fromTab, toTab }: Meeting, again: boolean): Promise<void> {
  const [own, other] = [await fromTab.sync.calls.relay(), await toTab.sync.calls.relay()]
  const parcel = await own.pack('file', again)
  if (!parcel) return
  if (scene.seed.chance(0.8)) await other.takeText(parcel.file.text)
  if (scene.seed.chance(0.8)) await own.handed(parcel.id)
}

/** The other one brings back every receipt it carries; those that are somebody else's are of no use here. */
async function bringBack(scene: Scene, { fromTab, toTab }: Meeting): Promise<void> {
  const [own, other] = [await fromTab.sync.calls.relay(), await toTab.sync.calls.relay()]
  for (const { id } of await toTab.open.db.carried.where('state').equals('back').toArray()) {
    const receipt = await other.receipt(id)
    const taken = receipt && (await own.takeText(receipt.file.text))
    if (taken?.what === 'receipt') scene.receipts++
  }
}

/** Most who meet come from where there is a network; one phone hardly ever has any. */
const meet: Act = async (scene, phone) => {
  const { seed, town, phones } = scene
  const hermit = town.others[0] ?? phone
  hermit.connect(false)
  const from = seed.chance(0.8) ? hermit : phone
  const to = seed.pick(phones)
  for (const one of [from, to]) if (one.tabs.length === 0) await passing(scene, one.start())
  const [fromTab, toTab] = [from.tab, to.tab]
  if (from === to || !fromTab || !toTab) return
  const meeting: Meeting = { from, to, fromTab, toTab }
  await together(scene, meeting, bringBack(scene, meeting))
  await together(scene, meeting, give(scene, meeting, scene.seed.chance(0.3)))
}

/** What people do with two phones where there is no network. */
export const relayActs: readonly (readonly [Act, number])[] = [[meet, 1]]
