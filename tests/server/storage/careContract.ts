import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { draft, entry, install, page } from './samples.ts'

/** What whoever looks after a centre asks of every driver. */
export function careContract(storage: () => Storage): void {
  it('knows that no newer program was here', async () => {
    expect(await storage().ahead()).toBeNull()
  })

  it('sums up phones and what was put aside, of a community or of all', async () => {
    const none = { phones: 0, unsent: 0, unsentSince: null, received: 0, aside: 0, held: 0 }
    expect(await storage().figures()).toEqual(none)
    await storage().write(async (tx) => {
      await tx.insertInstall(install({ unsent: 3, lastHeard: 70, received: 10 }))
      await tx.insertInstall(install({ unsent: 2, lastHeard: 50, received: 1 }))
      await tx.insertInstall(install({ unsent: 0, lastHeard: 20, received: 1 }))
      await tx.insertInstall(install({ unsent: 9, lastHeard: 10, received: 5, status: 'revoked' }))
      await tx.insertInstall(install({ unsent: 4, lastHeard: 60, community: 'other' }))
      await tx.insertInstall(install({ centre: true, community: '', received: 99 }))
      await tx.quarantine([draft(), draft({ held: false }), draft({ community: 'other' })])
    })
    const here = { phones: 3, unsent: 5, unsentSince: 50, received: 17, aside: 2, held: 1 }
    expect(await storage().figures('community')).toEqual(here)
    expect(await storage().figures()).toEqual({ ...here, phones: 4, unsent: 9, aside: 3, held: 2 })
    expect(await storage().figures('nowhere')).toEqual(none)
  })

  it('knows how large it is, and grows', async () => {
    const before = await storage().extent()
    expect(['sqlite', 'postgres']).toContain(before.kind)
    expect(before.bytes).toBeGreaterThan(10_000)
    await storage().write((tx) =>
      tx.insertEntries(
        Array.from({ length: 400 }, (_, n) =>
          entry({ seq: 1000 + n, line: randomBytes(1000).toString('hex') }),
        ),
      ),
    )
    expect((await storage().extent()).bytes).toBeGreaterThan(before.bytes + 400_000)
  })

  it('walks all installs, a few at a time, the centre’s own too', async () => {
    const rows = [
      install({ id: 'a' }),
      install({ id: 'b', centre: true, community: '' }),
      install({ id: 'c' }),
    ]
    await storage().write(async (tx) => {
      for (const row of rows) await tx.insertInstall(row)
    })
    expect(await storage().installsAfter('', 2)).toEqual(rows.slice(0, 2))
    expect(await storage().installsAfter('b', 2)).toEqual(rows.slice(2))
    expect(await storage().installsAfter('c', 2)).toEqual([])
  })

  it('knows which pages an install has, and how many entries a logbook has', async () => {
    await storage().write(async (tx) => {
      await tx.insertPages([
        page({ page: 7, digests: 'abc' }),
        page({ page: 3 }),
        page({ page: 3, hash: 'b' }),
      ])
      await tx.insertEntries([1, 2, 5].map((seq) => entry({ seq })))
    })
    expect(await storage().pageNumbers('install', 0, 9)).toEqual([3, 7])
    expect(await storage().pageNumbers('install', 3, 9)).toEqual([7])
    expect(await storage().pageNumbers('install', 0, 1)).toEqual([3])
    expect(await storage().pageNumbers('nobody', 0, 9)).toEqual([])
    expect((await storage().pages('install', [7]))[0]?.digests).toBe('abc')
    expect([await storage().countEntries('gate/a', 4), await storage().countEntries('gate/a', 5)]).toEqual([
      2, 3,
    ])
  })

  it('keeps who read in bulk, newest first, until it is forgotten', async () => {
    const read = { community: 'community', install: 'i', member: 'm', logbook: 'people/a', rows: 5 }
    const rows = [
      { ...read, at: 1, act: 'first-pull' as const },
      { ...read, at: 2, act: 'export' as const },
      { ...read, at: 3, act: 'export' as const, community: 'other' },
    ]
    await storage().write(async (tx) => {
      for (const row of rows) await tx.noteBulkRead(row)
    })
    expect(await storage().bulkReads('community', 9)).toEqual([rows[1], rows[0]])
    expect(await storage().bulkReads('community', 1)).toEqual([rows[1]])
    await storage().write((tx) => tx.forgetBulkReads(2))
    expect(await storage().bulkReads('community', 9)).toEqual([rows[1]])
  })
}
