import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage, Transaction } from '../../../src/server/storage/storage.ts'
import { careContract } from './careContract.ts'
import { draft, entry, install, invitation, page } from './samples.ts'

/** A driver under test: opens an empty database, closes and deletes it. */
export interface Driver {
  open(): Promise<Storage>
  /** Closes and opens the same database again. */
  reopen(storage: Storage): Promise<Storage>
  end(storage: Storage): Promise<void>
}

/** What every driver must do. */
export function storageContract(name: string, driver: Driver): void {
  describe(`storage on ${name}`, () => {
    let storage: Storage
    beforeEach(async () => void (storage = await driver.open()))
    afterEach(() => driver.end(storage))
    const write = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> => storage.write(work)
    const logbook = (id: string, path: string[]): Promise<void> =>
      write((tx) => tx.putLogbook({ id, purpose: 'gate', place: path[0] ?? '', path }))

    describe('for whoever looks after it', () => careContract(() => storage))

    describe('a transaction', () => {
      it('is there after a restart', async () => {
        await write((tx) => tx.setMeta('a', '1'))
        await write((tx) => tx.setMeta('a', '2'))
        storage = await driver.reopen(storage)
        expect(await storage.meta('a')).toBe('2')
        expect(await storage.meta('b')).toBeNull()
      })

      it('leaves nothing when it fails, and the next one works', async () => {
        const failing = write(async (tx) => {
          await tx.setMeta('a', '1')
          throw new Error('on purpose')
        })
        await expect(failing).rejects.toThrow('on purpose')
        expect(await storage.meta('a')).toBeNull()
        await write((tx) => tx.setMeta('a', '2'))
        expect(await storage.meta('a')).toBe('2')
      })

      it('is not seen from outside before its end, but by itself', async () => {
        await write(async (tx) => {
          await tx.setMeta('a', '1')
          expect(await tx.meta('a')).toBe('1')
          expect(await storage.meta('a')).toBeNull()
        })
        expect(await storage.meta('a')).toBe('1')
      })

      it('waits for the one before it, so that no raise is lost', async () => {
        await logbook('gate/a', ['a'])
        const raise = (): Promise<void> =>
          write(async (tx) => {
            const [row] = await tx.lock(['gate/a'])
            await Promise.resolve()
            await tx.raiseHead('gate/a', (row?.head ?? 0) + 1)
          })
        await Promise.all(Array.from({ length: 20 }, raise))
        expect((await storage.logbook('gate/a'))?.head).toBe(20)
      })

      it('goes on after a savepoint that failed, nested ones too', async () => {
        await write(async (tx) => {
          await tx.setMeta('kept', '1')
          const failing = tx.savepoint(async () => {
            await tx.savepoint(() => tx.setMeta('inner', '1'))
            throw new Error('on purpose')
          })
          await expect(failing).rejects.toThrow('on purpose')
          await tx.savepoint(() => tx.setMeta('later', '1'))
        })
        expect([
          await storage.meta('kept'),
          await storage.meta('inner'),
          await storage.meta('later'),
        ]).toEqual(['1', null, '1'])
      })
    })

    describe('logbooks', () => {
      it('are found by their place and all above it', async () => {
        await logbook('gate/a', ['a', 'c'])
        await logbook('gate/b', ['b', 'c'])
        expect((await storage.logbooksUnder(['c'])).map((row) => row.id)).toEqual(['gate/a', 'gate/b'])
        expect((await storage.logbooksUnder(['b', 'c'])).map((row) => row.id)).toEqual(['gate/a', 'gate/b'])
        expect((await storage.logbooksUnder(['b', 'x'])).map((row) => row.id)).toEqual(['gate/b'])
        expect(await storage.logbooks(['gate/b', 'gate/x'])).toEqual([
          { id: 'gate/b', purpose: 'gate', place: 'b', path: ['b', 'c'], head: 0 },
        ])
      })

      it('keep their head when the path changes', async () => {
        await logbook('gate/a', ['a', 'c'])
        await write((tx) => tx.raiseHead('gate/a', 7))
        await logbook('gate/a', ['a', 'd'])
        expect(await storage.logbook('gate/a')).toMatchObject({ path: ['a', 'd'], head: 7 })
        expect(await storage.logbooksUnder(['c'])).toEqual([])
      })

      it('name the communities', async () => {
        await write((tx) => tx.putLogbook({ id: 'people/c', purpose: 'people', place: 'c', path: ['c'] }))
        await logbook('gate/a', ['a', 'c'])
        expect(await storage.communities()).toEqual(['c'])
      })
    })

    describe('entries', () => {
      it('come back as they were put in', async () => {
        const full = entry({ record: 'r', flags: '["skew"]', mask: '1,2,*', seq: 2, at: -5, digest: 'd' })
        const rows = [entry(), full]
        await write((tx) => tx.insertEntries(rows))
        expect(await storage.entries({ logbook: 'gate/a', after: 0, limit: 10 })).toEqual(rows)
        expect(await storage.entriesById(['gate/a', 'gate/x'], [full.id, 'unknown'])).toEqual([full])
        expect(await storage.entriesById(['gate/a', 'gate/a'], [full.id, full.id])).toEqual([full])
        expect(await storage.entriesById(['gate/b'], [full.id])).toEqual([])
        expect(await storage.entriesById([], [full.id])).toEqual([])
        expect(await storage.entriesOf('install')).toHaveLength(2)
        expect(await storage.entriesOf('other')).toEqual([])
      })

      it('are unique by order number and by id', async () => {
        const first = entry()
        await write((tx) => tx.insertEntries([first]))
        await expect(write((tx) => tx.insertEntries([entry()]))).rejects.toThrow(/unique/i)
        await expect(write((tx) => tx.insertEntries([entry({ seq: 2, id: first.id })]))).rejects.toThrow(
          /unique/i,
        )
        await write((tx) => tx.insertEntries([entry({ logbook: 'gate/b' })]))
      })

      it('are filtered by kind, time and number', async () => {
        await write((tx) =>
          tx.insertEntries(
            [1, 2, 3, 4].map((seq) => entry({ seq, at: seq * 10, kind: seq === 3 ? 'reading' : 'passage' })),
          ),
        )
        const seqs = async (query: object): Promise<number[]> =>
          (await storage.entries({ logbook: 'gate/a', after: 0, limit: 10, ...query })).map((row) => row.seq)
        expect(await seqs({ after: 2 })).toEqual([3, 4])
        expect(await seqs({ limit: 1 })).toEqual([1])
        expect(await seqs({ kinds: ['reading'] })).toEqual([3])
        expect(await seqs({ atFrom: 20, atTo: 40 })).toEqual([2, 3])
        expect(await seqs({ logbook: 'gate/b' })).toEqual([])
      })

      it('leave a digest when they are erased', async () => {
        await write((tx) => tx.insertEntries([entry()]))
        await write((tx) => tx.erase([{ logbook: 'gate/a', seq: 1, digest: 'd', line: null, mask: null }]))
        expect((await storage.entries({ logbook: 'gate/a', after: 0, limit: 1 }))[0]).toMatchObject({
          line: null,
          digest: 'd',
        })
      })
    })

    describe('facts for a pull', () => {
      beforeEach(() =>
        write((tx) =>
          tx.insertEntries([
            entry({ seq: 1, received: 100 }),
            entry({ seq: 2, received: 200, install: 'other' }),
            entry({ seq: 3, received: 300, kind: 'reading' }),
            entry({ seq: 4, received: 400, kind: 'member' }),
            entry({ seq: 5, received: 500, line: null, digest: 'd' }),
          ]),
        ),
      )
      const seqs = async (query: object): Promise<number[]> => {
        const all = { logbook: 'gate/a', after: 0, upTo: 9, limit: 9, kinds: ['passage', 'reading'] }
        return (await storage.facts({ ...all, ...query })).map((row) => row.seq)
      }

      it('are of these kinds, within the range, not erased', async () => {
        expect(await seqs({})).toEqual([1, 2, 3])
        expect(await seqs({ after: 1, upTo: 2 })).toEqual([2])
        expect(await seqs({ limit: 2 })).toEqual([1, 2])
        expect(await seqs({ kinds: [] })).toEqual([])
      })

      it('may leave out an install, and what arrived too long ago by kind', async () => {
        expect(await seqs({ without: { install: 'other', unless: [] } })).toEqual([1, 3])
        expect(await seqs({ without: { install: 'other', unless: ['passage'] } })).toEqual([1, 2, 3])
        expect(await seqs({ receivedFrom: { passage: 200, reading: 301 } })).toEqual([2])
      })

      it('are found by when they arrived', async () => {
        await logbook('gate/a', ['a'])
        await write((tx) => tx.raiseHead('gate/a', 5))
        const since = (received: number): Promise<number> => storage.seqSince('gate/a', received)
        expect([
          await since(0),
          await since(100),
          await since(101),
          await since(500),
          await since(501),
        ]).toEqual([1, 1, 2, 5, 6])
      })
    })

    describe('records', () => {
      const record = (id: string, seq: number): Parameters<Transaction['putRecord']>[0] => ({
        ...{ logbook: 'homes/a', kind: 'household', id, seq, at: 5, body: { home: '1', seq } },
        ...{ fields: { home: { seq, by: 'm', entry: 'e' } }, lost: [] },
      })

      it('stand once, at their last change', async () => {
        const lost = [{ field: 'home', value: { a: 1 }, by: 'm', entry: 'e', at: 1 }]
        await write(async (tx) => {
          await tx.putRecord(record('r1', 1), null)
          await tx.putRecord(record('r2', 2), null)
          await tx.putRecord({ ...record('r1', 3), lost }, { home: '*' })
        })
        expect(await storage.record({ logbook: 'homes/a', kind: 'household', id: 'r1' })).toEqual({
          ...record('r1', 3),
          lost,
        })
        expect(await storage.record({ logbook: 'homes/b', kind: 'household', id: 'r1' })).toBeNull()
        expect((await storage.records('homes/a', 'household')).map((row) => row.id)).toEqual(['r1', 'r2'])
        expect(await storage.records('homes/a', 'household', ['r2', 'x'])).toEqual([record('r2', 2)])
        const range = { logbook: 'homes/a', after: 0, upTo: 9, limit: 9, kinds: ['household'] }
        expect(await storage.docs(range)).toEqual([
          {
            seq: 2,
            kind: 'household',
            id: 'r2',
            at: 5,
            body: '{"home":"1","seq":2}',
            masked: null,
            lost: null,
          },
          {
            seq: 3,
            kind: 'household',
            id: 'r1',
            at: 5,
            body: '{"home":"1","seq":3}',
            masked: '{"home":"*"}',
            lost: JSON.stringify(lost),
          },
        ])
        expect(await storage.docs({ ...range, after: 2 })).toHaveLength(1)
        expect(await storage.docs({ ...range, kinds: ['post'] })).toEqual([])
      })
    })

    it('corrections are found by target, in order of arrival, and can be replaced and forgotten', async () => {
      const one = { logbook: 'gate/a', target: 't', entry: 'e1', seq: 2, body: { patch: { heads: 2 } } }
      const two = { ...one, entry: 'e0', seq: 1, body: { retract: true } }
      await write((tx) => tx.putCorrections([one, two]))
      expect(await storage.corrections('gate/a', ['t', 'x', 't'])).toEqual([two, one])
      expect(await storage.corrections('gate/b', ['t'])).toEqual([])
      await write((tx) => tx.putCorrections([{ ...one, body: { patch: {} } }]))
      await write((tx) => tx.deleteCorrections('gate/a', ['e0']))
      expect(await storage.corrections('gate/a', ['t'])).toEqual([{ ...one, body: { patch: {} } }])
    })

    it('counts add up, and vanish at 0', async () => {
      const row = { logbook: 'gate/a', post: 'p', hour: 3_600_000, metric: 'm', n: 2 }
      await write((tx) => tx.addTallies([row, { ...row, n: 3 }, { ...row, hour: 0 }]))
      expect(await storage.tallies('gate/a', 1, 3_600_001)).toEqual([{ ...row, n: 5 }])
      await write((tx) => tx.addTallies([{ ...row, n: -5 }]))
      expect(await storage.tallies('gate/a', 0, Infinity)).toEqual([{ ...row, hour: 0 }])
    })

    it('pages of one number are kept side by side when they differ', async () => {
      const rows = [page(), page({ hash: 'other', received: 2 }), page({ page: 2, received: 3 })]
      const other = page({ install: 'other', page: 2 })
      await write((tx) => tx.insertPages([...rows, other]))
      await write((tx) => tx.insertPages([]))
      expect(await storage.pages('install', [1, 7])).toEqual(rows.slice(0, 2))
      const at = (of: string, number: number) => ({ install: of, page: number })
      const asked = [at('install', 1), at('other', 2), at('install', 1), at('other', 1), at('none', 1)]
      expect(await storage.pagesAt(asked)).toEqual([...rows.slice(0, 2), other])
      expect(await storage.pagesAt([])).toEqual([])
      expect(await storage.pagesOf('install')).toEqual(rows)
      await expect(write((tx) => tx.insertPages([page()]))).rejects.toThrow(/unique/i)
    })

    it('quarantine keeps what was put aside until it is decided', async () => {
      const rows = [
        draft(),
        draft({ held: false, code: 'invalid', n: 2, arrivalOff: -3 }),
        draft({ community: 'other', logbook: 'gate/b', n: 3 }),
      ]
      await write((tx) => tx.quarantine(rows))
      const [second, first] = await storage.quarantineIn('community', 10)
      expect([first, second]).toMatchObject([
        { ...rows[0], status: 'open' },
        { ...rows[1], status: 'open' },
      ])
      expect(await storage.quarantined(first?.id ?? -1)).toEqual(first)
      const held = await storage.held(0, 9)
      expect(held.map((row) => row.n)).toEqual([1, 3])
      expect(await storage.held(0, 1)).toEqual(held.slice(0, 1))
      expect(await storage.held(held[0]?.id ?? 0, 9)).toEqual(held.slice(1))
      expect((await storage.held(0, 9, 'gate/b')).map((row) => row.n)).toEqual([3])
      expect(await storage.openOf('install', 1)).toEqual(
        [first, second, held[1]].map((row) => ({
          ...{ id: row?.id, n: row?.n, code: row?.code, held: row?.held },
          bytes: Buffer.byteLength(row?.line ?? ''),
        })),
      )
      expect(await storage.openOf('install', 2)).toEqual([])
      expect(await storage.quarantineIn('community', 1)).toEqual([second])
      await write((tx) => tx.settleQuarantine(first?.id ?? -1, 'dismissed', 'not-permitted'))
      expect(await storage.quarantineIn('community', 10, 'open')).toEqual([second])
      expect(await storage.quarantined(first?.id ?? -1)).toMatchObject({
        status: 'dismissed',
        code: 'not-permitted',
      })
      expect((await storage.quarantineOf('install')).map((row) => row.n)).toEqual([1, 2, 3])
    })

    it('of what is open of a page the length is known, whatever stands in it', async () => {
      const lines = ['早', 'a\0b', '\uFDD0', '\uFDD00\0\uFDD01', '😀']
      await write((tx) => tx.quarantine(lines.map((line, i) => draft({ n: i + 1, line }))))
      expect((await storage.openOf('install', 1)).map(({ bytes }) => bytes)).toEqual(
        lines.map((line) => Buffer.byteLength(line)),
      )
    })

    it('of long lines that were put aside only a beginning is read where no more is asked for', async () => {
      const long = '早'.repeat(50_000)
      await write((tx) => tx.quarantine([draft({ line: 'short' }), draft({ n: 2, line: long })]))
      const lines = (await storage.quarantineIn('community', 10, 'open', 5)).map(({ line }) => line)
      expect(lines).toEqual(['早早早早早', 'short'])
      expect((await storage.quarantineIn('community', 1))[0]?.line).toBe(long)
    })

    it('installs are found by id, community and member; the centre’s own is no phone', async () => {
      const phone = install({ app: '1.0', enrolled: 2 })
      const centre = install({ centre: true, community: '', enrolled: 1 })
      await write(async (tx) => {
        await tx.insertInstall(phone)
        await tx.insertInstall(centre)
        await tx.updateInstall(phone.id, { status: 'renewed', renewedTo: 'next', unsent: 3, lastHeard: 9 })
        await tx.updateInstall(phone.id, {})
        await tx.noteHeard([{ install: phone.id, fresh: 5, lastHeard: null, unsent: null, app: null }])
      })
      const after = { ...phone, status: 'renewed', renewedTo: 'next', unsent: 3, lastHeard: 9, received: 5 }
      const both = [centre, after].sort((a, b) => (a.id < b.id ? -1 : 1))
      expect(await storage.installs([phone.id, 'unknown', centre.id])).toEqual(both)
      expect(await storage.installs([])).toEqual([])
      expect(await storage.install(phone.id)).toEqual(after)
      expect(await storage.install('unknown')).toBeNull()
      expect(await storage.installsIn('community')).toEqual([after])
      expect(await storage.installsOf('member')).toEqual([centre, after])
      expect(await storage.countInstalls()).toBe(1)
    })

    it('what phones say of themselves is noted of several at once; what they don’t say stays', async () => {
      const [one, two] = [install({ app: '1.0', unsent: 7 }), install({ received: 3 })]
      await write(async (tx) => {
        for (const row of [one, two]) await tx.insertInstall(row)
        await tx.noteHeard([
          { install: one.id, fresh: 2, lastHeard: 50, unsent: null, app: null },
          { install: two.id, fresh: 1, lastHeard: 60, unsent: 0, app: '2.0' },
        ])
        await tx.noteHeard([])
      })
      expect(await storage.install(one.id)).toEqual({ ...one, lastHeard: 50, received: one.received + 2 })
      const said = { lastHeard: 60, unsent: 0, app: '2.0', received: 4 }
      expect(await storage.install(two.id)).toEqual({ ...two, ...said })
    })

    it('invitations are open until they are used or expire', async () => {
      const [open, used, old] = [invitation(), invitation({ usedAt: 5 }), invitation({ expires: 50 })]
      await write(async (tx) => {
        for (const row of [open, used, old]) await tx.insertInvitation(row)
      })
      expect(await storage.openInvitations('community', 50)).toEqual([open])
      expect(await storage.invitationByHash(open.tokenHash)).toEqual(open)
      await write((tx) =>
        tx.updateInvitation(open.id, { usedAt: 7, thumbprint: 't', install: 'i', member: 'm' }),
      )
      expect(await storage.invitation(open.id)).toEqual({
        ...open,
        usedAt: 7,
        thumbprint: 't',
        install: 'i',
        member: 'm',
      })
      await write((tx) => tx.deleteInvitation(old.id))
      expect(await storage.invitation(old.id)).toBeNull()
      await expect(
        write((tx) => tx.insertInvitation(invitation({ tokenHash: open.tokenHash }))),
      ).rejects.toThrow(/unique/i)
    })
  })
}
