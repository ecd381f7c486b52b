import { browserPlatform } from '../../../src/client/platform/platform.ts'
import { openStore } from '../../../src/client/store/open.ts'
import { createAsk } from '../../../src/client/sync/ask.ts'
import { createSync } from '../../../src/client/sync/engine.ts'
import { enrol } from '../../../src/client/sync/enrol.ts'
import { storePulled } from '../../../src/client/store/pulled.ts'
import type { SyncStatus } from '../../../src/client/sync/status.ts'
import type { Client, OpenOptions } from '../../lib/peer.ts'
import { airplane } from './airplane.ts'
import { backlogAt, draft, logbook } from './passage.ts'

const appVersion = 'bench'

/** A guard opens the invitation: key, identity and scope are on the phone, and nothing else. */
export async function prepare({ url, name, ticket = '', device }: OpenOptions): Promise<void> {
  const platform = browserPlatform(name, url)
  const open = await openStore(platform, name)
  const deps = { platform, open, appVersion, storePulled, unsent: () => 0 }
  const answer = await enrol(deps, createAsk(deps), { token: ticket, name, device })
  if (!answer.ok) throw new Error(`not enrolled: ${answer.problem}`)
  open.close()
}

/** The app as it starts: unless `online`, in airplane mode until something has to do with the centre. */
export async function open({ url, name, online = false }: OpenOptions): Promise<Client> {
  const plain = browserPlatform(name, url)
  const { connect, ...mode } = airplane(plain.transport, plain.surroundings, online)
  const platform = { ...plain, ...mode }
  const own = await openStore(platform, name)
  const sync = createSync({ platform, open: own, appVersion })
  let live = false
  let stop = () => {}
  sync.start()

  const status = (fits: (status: SyncStatus) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const watch = sync.control.status.subscribe((now) => {
        if (!fits(now)) return
        resolve()
        setTimeout(() => watch.unsubscribe())
      })
    })
  const count = async () => {
    const pulled = await own.db.segments.where({ logbook }).toArray()
    return pulled.reduce((sum, segment) => sum + segment.count, await own.db.own.count())
  }
  return {
    put: async (list) => {
      const now = Date.now()
      await own.store.save(list.map((entry) => draft(entry, live ? now : backlogAt(entry, now))))
    },
    push: async () => {
      const { logged } = await own.store.mine(1).then(([last]) => ({ logged: last?.n ?? 0 }))
      connect()
      await status(({ received }) => received >= logged)
    },
    pull: async (expect) => {
      connect()
      await status(({ firstSyncDone }) => firstSyncDone)
      await reach(expect)
    },
    subscribe: async (hear) => {
      live = true
      let have = await count()
      stop = own.store.followFacts(logbook, Date.now(), (facts) =>
        hear((have += facts.filter((fact) => !fact.mine).length)),
      )
    },
    count,
    close: async () => {
      stop()
      sync.stop()
      own.close()
    },
  }

  /** Until the logbook was pulled up to this order number: as many entries as the centre has in it. */
  function reach(seq: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = async () => {
        if (((await own.db.cursors.get(logbook))?.seq ?? 0) < seq) return
        unlisten()
        resolve()
      }
      const unlisten = own.channel.listen(({ topic }) => {
        if (topic === 'pulled') look().catch(reject)
      })
      look().catch(reject)
    })
  }
}
