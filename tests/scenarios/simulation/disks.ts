import { IDBFactory } from 'fake-indexeddb'
import { coordinatorAsks, type Act, type Scene } from './acts.ts'
import { copyDisk } from './copyDisk.ts'
import { fairWeather } from './faults.ts'
import { passing } from './neighbourhood.ts'
import type { Phone } from './phone.ts'

/** What happens to whole disks: copied to another phone, or lost. At most once each in a story. */

/** Revoked phones tell nothing about disks, and the coordinator is needed. */
const isOrdinary = ({ town, revoked }: Scene, phone: Phone): boolean =>
  phone !== town.coordinator && !revoked.has(phone)

/** A profile is cloned, or a backup restored on a second phone: both go on as the same install. */
export const copyPhone: Act = async (scene, phone) => {
  if (scene.copied.size > 0 || !isOrdinary(scene, phone)) return
  const db = phone.tab?.open.db
  const chain = (await db?.meta.get('chain'))?.chain
  if (!db) return
  const copy = phone.twin(`${phone.name}, copied`)
  copy.disk = await copyDisk(phone.disk, db.name, { own: chain?.sealedThrough ?? 0 })
  scene.copied.add(phone).add(copy)
  scene.phones.push(copy)
  await passing(scene, copy.start())
}

/** Entries that are on this disk and nowhere else. */
async function unsentOf(phone: Phone): Promise<string[]> {
  const db = phone.tab?.open.db
  const through = (await db?.meta.get('sent'))?.sent?.through ?? 0
  const rows = (await db?.own.where('n').above(through).toArray()) ?? []
  return rows.map((row) => row.id)
}

/**
 * The system clears the storage. The phone notices, and its person is invited again. What was unsent is gone with
 * the disk; nothing else may be. Not while a backup waits to be restored: nobody could give back what it lacks.
 */
export const loseDisk: Act = async (scene, phone) => {
  const { town, ledger, lost, copied, restore } = scene
  if (restore || lost.size > 0 || copied.has(phone) || !isOrdinary(scene, phone)) return
  const member = phone.tab?.open.identity.get()?.member
  if (!member) return
  const grants = [{ role: 'guard' as const, place: town.community }]
  const request = { member, grants, minutes: 10 }
  const invited = await coordinatorAsks(scene, (tab) => tab.sync.calls.invite(request))
  if (!invited?.ok || !phone.tab) return
  for (const id of await unsentOf(phone)) ledger.saved.delete(id)
  phone.die()
  lost.add(phone)
  phone.disk = new IDBFactory()
  await comeBack(scene, phone, invited.value.token)
}

/** A centre that was restored to before this install was made does not know it: its person is invited again. */
export async function comeBackIfUnknown(scene: Scene, phone: Phone): Promise<void> {
  // What a phone finds out at its first contact.
  await scene.time.pass(5_000)
  const db = phone.tab?.open.db
  const member = phone.tab?.open.identity.get()?.member
  if (!db || !member || !(await db.meta.get('standing'))?.standing?.unknown) return
  const grants = [{ role: 'guard' as const, place: scene.town.community }]
  const request = { member, grants, minutes: 10 }
  const invited = await coordinatorAsks(scene, (tab) => tab.sync.calls.invite(request))
  const token = invited?.ok ? invited.value.token : ''
  const input = { token, name: phone.name, device: 'Simulated' }
  const answer = phone.tab && (await passing(scene, phone.tab.sync.calls.enrol(input)))
  if (!answer?.ok) scene.surprises.push(`${phone.name} was not enrolled again after a restore`)
}

async function comeBack(scene: Scene, phone: Phone, token: string): Promise<void> {
  phone.link.weather = fairWeather
  phone.connect(true)
  const tab = await passing(scene, phone.start())
  const input = { token, name: phone.name, device: 'Simulated' }
  let problem: string | null = null
  tab.sync.control.status.subscribe((status) => (problem = status.problem))
  await scene.time.pass(100)
  if (problem !== 'storage-lost')
    scene.surprises.push(`${phone.name} did not notice that its storage was lost`)
  const answer = await passing(scene, tab.sync.calls.enrol(input))
  if (!answer.ok) scene.surprises.push(`${phone.name} was not enrolled again: ${answer.problem}`)
}
