import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openPostgres } from '../../../src/server/storage/postgres/open.ts'
import type { PostgresStorage } from '../../../src/server/storage/postgres/storage.ts'
import type { Transaction } from '../../../src/server/storage/storage.ts'
import { Postgres } from '../../support/postgres.ts'
import { until } from '../../support/waiting.ts'
import { draft, install, invitation } from './samples.ts'

let postgres: Postgres
let url: string
let [one, two]: PostgresStorage[] = []
const doors = (): [PostgresStorage, PostgresStorage] => {
  if (!one || !two) throw new Error('not open')
  return [one, two]
}

beforeAll(async () => {
  // A circle would stand for ten seconds, and the tests with it, before PostgreSQL broke it.
  postgres = await Postgres.start({ settings: ['deadlock_timeout=10s'] })
  url = await postgres.database()
})
afterAll(() => postgres.end())
beforeEach(async () => {
  await postgres.empty(url)
  one = await openPostgres({ url })
  two = await openPostgres({ url })
  await one.write(async (tx) => {
    for (const id of ['gate/a', 'gate/b', 'gate/c'])
      await tx.putLogbook({ id, purpose: 'gate', place: id, path: [id] })
  })
})
afterEach(async () => {
  for (const door of doors()) await door.close()
})

/** Resolves for both when both have come. */
function meeting(): () => Promise<void> {
  let come = 0
  const { promise, resolve } = Promise.withResolvers<void>()
  return () => {
    if (++come >= 2) resolve()
    return promise
  }
}

const raise = async (tx: Transaction, id: string): Promise<void> => {
  const [row] = await tx.lock([id])
  await tx.raiseHead(id, (row?.head ?? 0) + 1)
}

it('two that want the same logbooks in opposite order both get them, without waiting in a circle', async () => {
  const meet = meeting()
  const inOrder = (ids: string[]) => async (tx: Transaction) => {
    for (const id of ids) {
      await raise(tx, id)
      await meet()
    }
  }
  const [a, b] = doors()
  const startedAt = performance.now()
  await Promise.all([a.write(inOrder(['gate/a', 'gate/b'])), b.write(inOrder(['gate/b', 'gate/a']))])
  expect(performance.now() - startedAt).toBeLessThan(5000)
  expect((await a.logbooks(['gate/a', 'gate/b'])).map((row) => row.head)).toEqual([2, 2])
})

it('many that want many in any order lose no raise', async () => {
  const ids = ['gate/a', 'gate/b', 'gate/c']
  const turned = (by: number) => ids.map((_, i) => ids[(i + by) % ids.length] ?? '')
  await Promise.all(
    Array.from({ length: 30 }, (_, i) =>
      doors()[i % 2 === 0 ? 0 : 1].write(async (tx) => {
        for (const id of turned(i)) await raise(tx, id)
      }),
    ),
  )
  expect((await doors()[0].logbooks(ids)).map((row) => row.head)).toEqual([30, 30, 30])
})

it('a value that a transaction reads in order to decide stays as it is until its end', async () => {
  const phone = install()
  const [a, b] = doors()
  await a.write((tx) => tx.insertInstall(phone))
  const count = async (tx: Transaction): Promise<void> => {
    const n = Number((await tx.meta('chain')) ?? 0)
    const was = await tx.install(phone.id)
    await new Promise((done) => setImmediate(done))
    await tx.updateInstall(phone.id, { unsent: (was?.unsent ?? 0) + 1 })
    await tx.setMeta('chain', String(n + 1))
  }
  await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? a : b).write(count)))
  expect(await a.meta('chain')).toBe('20')
  expect((await a.install(phone.id))?.unsent).toBe(20)
})

it('[EN2] an invitation is taken by one of two that come at once through two processes', async () => {
  const invited = invitation()
  const [a, b] = doors()
  await a.write((tx) => tx.insertInvitation(invited))
  const take = (door: PostgresStorage, who: string): Promise<boolean> =>
    door.write(async (tx) => {
      const found = await tx.invitationByHash(invited.tokenHash)
      if (!found || found.usedAt !== null) return false
      await tx.updateInvitation(found.id, { usedAt: 1, install: who })
      return true
    })
  const taken = await Promise.all(
    Array.from({ length: 8 }, (_, i) => take(i % 2 === 0 ? a : b, `phone ${i}`)),
  )
  expect(taken.filter(Boolean)).toHaveLength(1)
})

it('[PU7] what is put aside for want of a logbook is seen by whoever makes that logbook', async () => {
  const [a, b] = doors()
  const absent = Promise.withResolvers<void>()
  let made = false
  const waiting = a.write(async (tx) => {
    expect(await tx.lock(['gate/new'])).toEqual([])
    absent.resolve()
    await until('the other waits, or is done', async () => made || (await postgres.waiting()) > 0)
    await tx.quarantine([draft({ logbook: 'gate/new' })])
  })
  await absent.promise
  const seen = await b.write(async (tx) => {
    await tx.putLogbook({ id: 'gate/new', purpose: 'gate', place: 'new', path: ['new'] })
    return (await tx.held(0, 9, 'gate/new')).length
  })
  made = true
  await waiting
  expect(seen).toBe(1)
})

it('whoever waits for a logbook keeps no reader waiting', async () => {
  const [a, b] = doors()
  const free = Promise.withResolvers<void>()
  const holding = a.write(async (tx) => {
    await raise(tx, 'gate/a')
    await free.promise
  })
  const waiting = Array.from({ length: 12 }, () => b.write((tx) => raise(tx, 'gate/a')))
  expect((await b.logbook('gate/a'))?.head).toBe(0)
  free.resolve()
  await Promise.all([holding, ...waiting])
  expect((await b.logbook('gate/a'))?.head).toBe(13)
})
