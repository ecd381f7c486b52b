import type { Locks } from '../platform/locks.ts'
import type { Platform } from '../platform/platform.ts'
import { repeat } from '../platform/timers.ts'
import { getMeta, putMeta, type GatepostDb } from './database.ts'

const leaseMs = 45_000
const renewMs = 15_000
const askMs = 5_000

type LeaseRow = 'lease' | 'waitLease'
type Needs = Pick<Platform, 'clock' | 'timers' | 'ids'>

/** Takes or renews the lease where it is free, ours, run out, or to be stolen. */
const take = (
  db: GatepostDb,
  row: LeaseRow,
  owner: string,
  now: number,
  steal: boolean,
): PromiseLike<boolean> =>
  db.transaction('rw', db.meta, async () => {
    const lease = await getMeta(db, row)
    // A lease that ends far in the future was made before somebody set the clock back.
    const stale = !lease || lease.until <= now || lease.until > now + 2 * leaseMs
    if (!stale && lease.owner !== owner && !steal) return false
    await putMeta(db, { [row]: { owner, until: now + leaseMs } })
    return true
  })

const give = (db: GatepostDb, row: LeaseRow, owner: string): PromiseLike<void> =>
  db.transaction('rw', db.meta, async () => {
    if ((await getMeta(db, row))?.owner === owner) await db.meta.delete(row)
  })

/** For browsers without Web Locks: one row in the database says which tab holds this lock, and until when. */
export const leaseLocks = (
  db: GatepostDb,
  { clock, timers, ids }: Needs,
  row: LeaseRow = 'lease',
): Locks => ({
  async hold(_name, { steal, giveUp }, work) {
    const owner = ids.next()
    const mine = (force: boolean) =>
      Promise.resolve(take(db, row, owner, clock.now(), force)).catch(() => false)
    let first = steal
    while (!(await mine(first))) {
      first = false
      await new Promise<void>((done) => timers.after(askMs, done))
      if (giveUp.aborted) return
    }
    const stolen = new AbortController()
    const end = repeat(timers, renewMs, () => {
      void mine(false).then((still) => still || stolen.abort())
    })
    try {
      await work(stolen.signal)
    } finally {
      end()
      await Promise.resolve(give(db, row, owner)).catch(() => undefined)
    }
  },
})
