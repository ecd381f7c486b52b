import { IDBKeyRange } from 'fake-indexeddb'
import type { Entry } from '../../src/domain/entry.ts'
import { TransportFailed, type Transport } from '../../src/client/platform/transport.ts'
import { GatepostDb } from '../../src/client/store/database.ts'
import { GuardsDb } from '../../src/client/store/guards/registry.ts'
import { device } from './clientPhone.ts'
import { eventually, quiet } from './eventually.ts'
import { injected } from './injected.ts'
import { SharedPhone } from './sharedPhone.ts'
import { invitation, testCentre, type Founded, type TestCentre } from './testCentre.ts'

const nothing: Transport = {
  send: () => Promise.reject(new TransportFailed('offline')),
  open: () => Promise.reject(new TransportFailed('offline')),
}

export const [first, second] = ['gatepost', 'gatepost-2'] as const
export const [pinA, pinB] = ['1357', '904817'] as const

/** A centre and one phone of two guards, 样本甲 and 样本乙; the first is at the gate, and there is no network. */
export class TwoGuards {
  centre!: TestCentre
  founded!: Founded
  gate!: SharedPhone

  async begin(): Promise<void> {
    this.centre = await testCentre()
    this.founded = await this.centre.found()
    this.gate = new SharedPhone(device())
    this.online(true)
    await this.gate.start()
    await this.enrol('样本甲', pinA)
    await this.gate.lock()
    await this.enrol('样本乙', pinB)
    await this.gate.lock()
    await quiet(50)
    this.online(false)
    await this.gate.open(first, pinA)
  }

  async end(): Promise<void> {
    this.gate.tab.close()
    await this.centre.end()
  }

  online(on: boolean): void {
    this.gate.phone.transport = on ? injected(this.centre.app) : nothing
  }

  /** Somebody enrols in the open database and chooses a PIN. */
  async enrol(name: string, pin: string, to?: string): Promise<void> {
    const { coordinator, compound } = this.founded
    const token = to ?? (await invitation(coordinator, [{ role: 'guard', place: compound }]))
    const answer = await this.gate.tab.sync.calls.enrol({ token, name, device: 'test' })
    if (!answer.ok) throw new Error(answer.problem)
    // On a phone that is shared already nobody gets further without a PIN.
    if (this.gate.seat.pinned !== (this.gate.kept === null)) throw new Error('a PIN is asked for, or not')
    const set = await (await this.gate.guards()).setPin(pin)
    if (set !== 'set' || !this.gate.seat.pinned) throw new Error(`the PIN was not set: ${set}`)
    await eventually('first pull', () => this.gate.tab.status().firstSyncDone)
  }

  /** Whoever is at the gate logs passages, in the app of `at`. */
  log(notes: readonly string[], at: SharedPhone = this.gate): Promise<Entry[]> {
    const { gate, post } = this.founded
    const draft = (note: string) => ({
      ...{ kind: 'passage', logbook: gate },
      body: { post, way: 'in', subject: 'person', how: 'none', decision: 'admit', note },
    })
    return at.tab.open.store.save(notes.map(draft))
  }

  /** Everything that the browser's tools show of a database. */
  async readable(name: string): Promise<string> {
    const parts = { indexedDB: this.gate.phone.indexedDB, IDBKeyRange }
    const db =
      name === 'gatepost-guards' ? new GuardsDb(parts) : await new GatepostDb({ name, ...parts }).ready()
    const rows = await Promise.all(
      db.tables.filter((table) => table.name !== 'keys').map((table) => table.toArray()),
    )
    db.close()
    return JSON.stringify(rows)
  }
}
