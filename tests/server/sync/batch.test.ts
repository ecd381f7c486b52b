import { afterEach, beforeEach, expect, it } from 'vitest'
import { StorageUnavailable } from '../../../src/server/storage/errors.ts'
import type { Storage, Transaction } from '../../../src/server/storage/storage.ts'
import { Batch } from '../../../src/server/sync/batch.ts'
import { TestCentre } from '../../support/centre.ts'

let centre: TestCentre
beforeEach(async () => void (centre = await new TestCentre().start()))
afterEach(() => centre.end())

const put = async (tx: Transaction, name: string): Promise<string> => {
  await tx.setMeta(name, 'here')
  if (name.startsWith('bad')) throw new Error(name)
  return name
}

it('[PU2] what comes while a transaction is under way shares the next one', async () => {
  let commits = 0
  const counting: Storage = Object.assign(Object.create(centre.storage), {
    write: <T>(work: (tx: Transaction) => Promise<T>) => (commits++, centre.storage.write(work)),
  })
  const batch = new Batch(counting, put)
  await Promise.all(Array.from({ length: 20 }, (_, i) => batch.add(`job ${i}`)))
  expect(commits).toBe(2)
  expect(await centre.storage.meta('job 19')).toBe('here')
})

it('a job that fails is undone alone', async () => {
  const batch = new Batch(centre.storage, put)
  const results = await Promise.allSettled(
    ['first', 'good', 'bad', 'also good'].map((name) => batch.add(name)),
  )
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(await centre.storage.meta('bad')).toBeNull()
  expect(await centre.storage.meta('also good')).toBe('here')
})

it('when storage fails, it has failed for all, and the next ones go on', async () => {
  let full = true
  const batch = new Batch<string, string>(centre.storage, async (tx, name) => {
    if (full && name === 'second') throw new StorageUnavailable('full')
    return put(tx, name)
  })
  const results = await Promise.allSettled(
    ['zero', 'first', 'second', 'third'].map((name) => batch.add(name)),
  )
  expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected'])
  expect(await centre.storage.meta('first')).toBeNull()
  full = false
  await expect(batch.add('second')).resolves.toBe('second')
})
