import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createChannel, type Channel } from '../../../src/client/platform/channel.ts'
import type { Clock } from '../../../src/client/platform/clock.ts'
import { createIds } from '../../../src/client/platform/ids.ts'
import type { Platform } from '../../../src/client/platform/platform.ts'
import type { Happening } from '../../../src/client/platform/surroundings.ts'
import { openStore, type OpenStore } from '../../../src/client/store/open.ts'
import { createSync, type Sync, type SyncOptions } from '../../../src/client/sync/engine.ts'
import type { Centre } from './centre.ts'
import { fairWeather } from './faults.ts'
import { LockRoom } from './lockRoom.ts'
import type { Seeded } from './seeded.ts'
import type { VirtualTime } from './virtualTime.ts'
import { createWire, type Link } from './wire.ts'

/** How the phone's sync is put together; the proof of the simulation puts a faulty part in. */
export type PhoneParts = Pick<SyncOptions, 'storePulled'>

interface Life {
  alive: boolean
  onDeath: Set<() => void>
}

/** One run of the app in one tab, from its start to its end or its death. */
export interface Tab {
  open: OpenStore
  sync: Sync
  die(): void
}

/** A phone: a disk that stays, a clock that may be wrong, and tabs that come and go. */
export class Phone {
  readonly name: string
  readonly link: Link = { online: true, weather: fairWeather }
  readonly tabs: Tab[] = []
  /** Device time minus true time, ms. */
  skewMs = 0
  visible = true
  disk = new IDBFactory()
  readonly #time: VirtualTime
  readonly #centre: Centre
  readonly #seed: Seeded
  readonly #parts: PhoneParts
  readonly #locks = new LockRoom()
  #mirror: string | null = null
  readonly #wires = new Set<(message: unknown, from: object) => void>()
  readonly #ears = new Set<(happening: Happening) => void>()

  constructor(name: string, time: VirtualTime, centre: Centre, seed: Seeded, parts: PhoneParts = {}) {
    this.name = name
    this.#time = time
    this.#centre = centre
    this.#seed = seed.fork(name)
    this.#parts = parts
  }

  get tab(): Tab | undefined {
    return this.tabs.at(-1)
  }

  /** Opens the app in a further tab. */
  async start(): Promise<Tab> {
    const life: Life = { alive: true, onDeath: new Set() }
    const platform = this.#platform(life)
    const open = await openStore(platform, 'gatepost')
    const sync = createSync({ platform, open, appVersion: '1.0.0', ...this.#parts })
    const tab: Tab = { open, sync, die: () => this.#bury(tab, life) }
    this.tabs.push(tab)
    sync.start()
    return tab
  }

  /** Another phone that goes on from what this one is; its disk is yet to be copied. */
  twin(name: string): Phone {
    const twin = new Phone(name, this.#time, this.#centre, this.#seed, this.#parts)
    twin.skewMs = this.skewMs
    twin.#mirror = this.#mirror
    return twin
  }

  /** All tabs die at once, in the middle of whatever they do. */
  die(): void {
    for (const tab of [...this.tabs]) tab.die()
  }

  happen(happening: Happening): void {
    for (const hear of [...this.#ears]) hear(happening)
  }

  connect(online: boolean): void {
    this.link.online = online
    this.happen(online ? 'online' : 'offline')
  }

  #bury(tab: Tab, life: Life): void {
    life.alive = false
    for (const end of [...life.onDeath]) end()
    tab.open.db.close()
    // Its watchers hang on what all phones of the process share; a browser's would be gone with it.
    tab.sync.stop()
    const at = this.tabs.indexOf(tab)
    if (at >= 0) this.tabs.splice(at, 1)
  }

  #platform(life: Life): Platform {
    const bornAt = this.#time.now()
    const seed = this.#seed
    const clock: Clock = {
      now: () => this.#time.now() + this.skewMs,
      mono: () => this.#time.now() - bornAt,
    }
    const random = { unit: seed.unit, bytes: seed.bytes }
    return {
      clock,
      random,
      ids: createIds(clock, random),
      breathe: () => new Promise((done) => setImmediate(done)),
      painted: () => new Promise((done) => setImmediate(done)),
      timers: { after: (ms, run) => this.#time.after(ms, () => life.alive && run()) },
      transport: this.#transport(life),
      locks: this.#locks.for(life),
      surroundings: {
        online: () => this.link.online,
        visible: () => this.visible,
        listen: (hear) => {
          const heard = (happening: Happening) => life.alive && hear(happening)
          this.#ears.add(heard)
          return () => this.#ears.delete(heard)
        },
      },
      storage: { persist: async () => true, estimate: async () => null },
      mirror: { read: () => this.#mirror, write: (text) => void (this.#mirror = text) },
      channel: (_name, read) => this.#channel(life, read),
      indexedDB: this.disk,
      IDBKeyRange,
    }
  }

  #transport(life: Life) {
    const wire = createWire({
      centre: this.#centre,
      time: this.#time,
      seed: this.#seed.fork('wire'),
      link: this.link,
      die: () => this.die(),
    })
    // What a dead tab asked for is never answered.
    const guarded =
      <A, R>(ask: (request: A) => Promise<R>) =>
      (request: A): Promise<R> =>
        new Promise((resolve, reject) => {
          ask(request).then(
            (reply) => life.alive && resolve(reply),
            (cause: unknown) =>
              life.alive && reject(cause instanceof Error ? cause : new Error(String(cause))),
          )
        })
    return { send: guarded(wire.send), open: guarded(wire.open) }
  }

  #channel<T>(life: Life, read: (data: unknown) => T | null): Channel<T> {
    const self = {}
    const { channel, hear } = createChannel<T>(
      (message) => {
        for (const listener of [...this.#wires]) listener(message, self)
      },
      () => this.#wires.delete(take),
    )
    const take = (message: unknown, from: object) => {
      const value = from === self || !life.alive ? null : read(message)
      if (value !== null) hear(value)
    }
    this.#wires.add(take)
    return channel
  }
}
