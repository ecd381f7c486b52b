import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { createChannel, type Channel } from '../../src/client/platform/channel.ts'
import { createIds } from '../../src/client/platform/ids.ts'
import type { Locks } from '../../src/client/platform/locks.ts'
import type { Platform } from '../../src/client/platform/platform.ts'
import { systemRandom } from '../../src/client/platform/random.ts'
import type { Happening } from '../../src/client/platform/surroundings.ts'
import { TransportFailed, type Transport } from '../../src/client/platform/transport.ts'
import { openStore, type OpenStore } from '../../src/client/store/open.ts'
import { createSync, type Sync, type SyncOptions } from '../../src/client/sync/engine.ts'
import type { SyncStatus } from '../../src/client/sync/status.ts'
import { memoryLocks } from './memoryLocks.ts'
import { virtualTime, type VirtualTime } from './virtualTime.ts'

/** What stays when an app is closed: the disk, and what lies beside it. */
export interface Device {
  time: VirtualTime
  indexedDB: IDBFactory
  mirror: { text: string | null }
  persist: boolean | null
  online: boolean
  transport: Transport
  locks: Locks | null
  /** Channels of the open tabs, by name. */
  tabs: Map<string, Set<(data: unknown) => void>>
  happen: Set<(happening: Happening) => void>
}

const noNetwork: Transport = {
  send: () => Promise.reject(new TransportFailed('offline')),
  open: () => Promise.reject(new TransportFailed('offline')),
}

export const device = (transport: Transport = noNetwork, time = virtualTime()): Device => ({
  time,
  indexedDB: new IDBFactory(),
  mirror: { text: null },
  persist: true,
  online: true,
  transport,
  locks: memoryLocks(),
  tabs: new Map(),
  happen: new Set(),
})

/** A channel that reaches the other tabs of the device. */
function channelOf<T>({ tabs }: Device, name: string, read: (data: unknown) => T | null): Channel<T> {
  const others = tabs.get(name) ?? new Set()
  tabs.set(name, others)
  const made = createChannel<T>(
    (message) => {
      const data: unknown = structuredClone(message)
      for (const other of others) if (other !== own) other(data)
    },
    () => others.delete(own),
  )
  const own = (data: unknown) => {
    const message = read(data)
    if (message !== null) made.hear(message)
  }
  others.add(own)
  return made.channel
}

export const platformOf = (phone: Device): Platform => ({
  clock: phone.time.clock,
  timers: phone.time.timers,
  breathe: () => new Promise((done) => setImmediate(done)),
  painted: () => new Promise((done) => setImmediate(done)),
  random: systemRandom,
  ids: createIds(phone.time.clock, systemRandom),
  transport: {
    send: (request) => phone.transport.send(request),
    open: (request) => phone.transport.open(request),
  },
  locks: phone.locks,
  surroundings: {
    online: () => phone.online,
    visible: () => true,
    listen(hear) {
      phone.happen.add(hear)
      return () => phone.happen.delete(hear)
    },
  },
  storage: { persist: async () => phone.persist, estimate: async () => ({ usage: 1, quota: 2 }) },
  mirror: {
    read: () => phone.mirror.text,
    write: (text) => {
      phone.mirror.text = text
    },
  },
  channel: (name, read) => channelOf(phone, name, read),
  indexedDB: phone.indexedDB,
  IDBKeyRange,
})

export interface Tab {
  open: OpenStore
  sync: Sync
  status(): SyncStatus
  close(): void
}

interface TabOptions extends Pick<SyncOptions, 'storePulled' | 'guards'> {
  locks?: Locks | null
  onSignedOut?: (locked: boolean) => void
}

/** The app, opened on a device. */
export async function openTab(
  phone: Device,
  { locks = phone.locks, onSignedOut, ...more }: TabOptions = {},
): Promise<Tab> {
  const platform = { ...platformOf(phone), locks }
  const open = await openStore(platform, more.guards?.seat.database ?? 'gatepost', onSignedOut)
  const sync = createSync({ platform, open, appVersion: '0.1.0', ...more })
  let current: SyncStatus | null = null
  sync.control.status.subscribe((status) => {
    current = status
  })
  sync.start()
  return {
    open,
    sync,
    status: () => {
      if (!current) throw new Error('no status yet')
      return current
    },
    close: () => {
      sync.stop()
      open.close()
    },
  }
}

/** A device whose app is open and enrolled at the centre of `transport`. */
export async function enrolledTab(phone: Device, more: Pick<SyncOptions, 'storePulled'> = {}): Promise<Tab> {
  const tab = await openTab(phone, more)
  const token = 'sample-token-of-some-length'
  const answer = await tab.sync.calls.enrol({ token, name: 'Sample guard', device: 'test' })
  if (!answer.ok) throw new Error(`not enrolled: ${answer.problem}`)
  return tab
}
