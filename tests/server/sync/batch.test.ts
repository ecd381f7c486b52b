import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageUnavailable } from '../../../src/server/storage/errors.ts'
import type { Storage, Transaction } from '../../../src/server/storage/storage.ts'
import { Batch } from '../../../src/server/sync/batch.ts'
import { TestCentre } from '../../support/centre.ts'
import { until } from '../../support/waiting.ts'

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
  const waves: Promise<string>[] = []
  const batch: Batch<string, string> = new Batch(counting, async (tx, name: string) => {
    if (name === 'job 0') for (let i = 1; i < 20; i++) waves.push(batch.add(`job ${i}`))
    return put(tx, name)
  })
  await batch.add('job 0')
  await Promise.all(waves)
  expect(commits).toBe(2)
  expect(await centre.storage.meta('job 19')).toBe('here')
})

it('[PU2] what has arrived by the next turn of the loop shares the transaction', async () => {
  let commits = 0
  const counting: Storage = Object.assign(Object.create(centre.storage), {
    write: <T>(work: (tx: Transaction) => Promise<T>) => (commits++, centre.storage.write(work)),
  })
  const batch = new Batch(counting, put)
  const late = new Promise<string>((resolve) => setImmediate(() => resolve(batch.add('late'))))
  await Promise.all([batch.add('first'), batch.add('second'), late])
  expect(commits).toBe(1)
})

it('jobs that weigh much together leave the others to the next transaction; a single one may weigh anything', async () => {
  const groups: number[] = []
  const weight = (name: string): number => (name === 'heavy' ? 9000 : 1500)
  const finish = async (_tx: Transaction, names: readonly string[]) => void groups.push(names.length)
  const batch = new Batch(centre.storage, put, finish, weight)
  await Promise.all(['a', 'b', 'c', 'd', 'heavy', 'e', 'f'].map((name) => batch.add(name)))
  expect(groups).toEqual([3, 2, 2])
})

describe('while a commit is on its way', () => {
  let begun: number
  let commits: (() => void)[]
  /** Its commits take as long as the test wants. */
  const slow = (): Storage =>
    Object.assign(Object.create(centre.storage), {
      write: async <T>(work: (tx: Transaction) => Promise<T>, sent?: () => void) => {
        begun++
        const result = await centre.storage.write(work)
        sent?.()
        await new Promise<void>((resolve) => commits.push(resolve))
        return result
      },
    })
  beforeEach(() => ([begun, commits] = [0, []]))
  const underWay = (count: number) => until(`${count} commits`, () => commits.length === count)

  it('[PU2] the next transaction begins where much waits, and nobody is answered before their own', async () => {
    const batch = new Batch(slow(), put, undefined, () => 5000)
    const answered: string[] = []
    const jobs = ['first', 'second'].map(async (name) => answered.push(await batch.add(name)))
    await underWay(2)
    expect(answered).toEqual([])
    commits[1]?.()
    await jobs[1]
    expect(answered).toEqual(['second'])
    commits[0]?.()
    await Promise.all(jobs)
  })

  it('[PU2] what little comes waits for it and shares the next one, looked at meanwhile', async () => {
    const seen: string[] = []
    const others: Promise<string>[] = []
    const work = (tx: Transaction, name: string): Promise<string> => {
      if (name === 'first') others.push(batch.add('second'), batch.add('third'))
      return put(tx, name)
    }
    const batch: Batch<string, string> = new Batch(slow(), work, undefined, undefined, {
      takes: () => false,
      ahead: (name) => [
        () => {
          throw new Error('where it counts, it fails again')
        },
        () => seen.push(name),
      ],
      work: () => Promise.resolve([]),
    })
    const first = batch.add('first')
    await until('both were looked at', () => seen.length === 2)
    expect([begun, seen]).toEqual([1, ['second', 'third']])
    commits[0]?.()
    await first
    await underWay(2)
    commits[1]?.()
    await Promise.all(others)
    expect(begun).toBe(2)
  })
})

it('what jobs come to together is written once, without those that failed', async () => {
  const seen: (readonly string[])[] = []
  const batch = new Batch(centre.storage, put, async (tx, names) => {
    seen.push(names)
    await tx.setMeta('sum', names.join())
  })
  await Promise.allSettled(['first', 'bad', 'third'].map((name) => batch.add(name)))
  expect(seen).toEqual([['first', 'third']])
  expect(await centre.storage.meta('sum')).toBe('first,third')
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
  await batch.add('zero')
  const results = await Promise.allSettled(['first', 'second', 'third'].map((name) => batch.add(name)))
  expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await centre.storage.meta('zero')).toBe('here')
  expect(await centre.storage.meta('first')).toBeNull()
  full = false
  await expect(batch.add('second')).resolves.toBe('second')
})

describe('jobs that can be done together', () => {
  const log: string[] = []
  const batchOf = (
    fails: (names: readonly string[]) => boolean,
    storage: Storage = centre.storage,
  ): Batch<string, string> =>
    new Batch<string, string>(
      storage,
      async (tx, name) => {
        log.push(name)
        return put(tx, name)
      },
      undefined,
      undefined,
      {
        takes: (name) => {
          if (name === 'unreadable') throw new Error(name)
          return name !== 'other'
        },
        work: async (tx, names) => {
          log.push(names.join('+'))
          for (const name of names) await tx.setMeta(name, 'together')
          if (fails(names)) throw new Error('not so')
          return names.map((name) => name.toUpperCase())
        },
      },
    )
  const all = (batch: Batch<string, string>, names: string[]) =>
    Promise.allSettled(names.map((name) => batch.add(name)))
  beforeEach(() => void log.splice(0))

  it('are, after the others; each gets its own answer', async () => {
    const results = await all(
      batchOf(() => false),
      ['first', 'other', 'unreadable', 'last'],
    )
    expect(results.map((one) => one.status === 'fulfilled' && one.value)).toEqual([
      ...['FIRST', 'other', 'unreadable', 'LAST'],
    ])
    expect(log).toEqual(['other', 'unreadable', 'first+last'])
  })

  it('are undone and done one by one where that fails, so that one bad job spoils no other', async () => {
    const results = await all(
      batchOf(() => true),
      ['first', 'bad', 'last'],
    )
    expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(log).toEqual(['first+bad+last', 'first', 'bad', 'last'])
    expect(await centre.storage.meta('last')).toBe('here')
    expect(await centre.storage.meta('bad')).toBeNull()
  })

  it('are done one by one too where only the commit fails', async () => {
    let failing = true
    const late: Storage = Object.assign(Object.create(centre.storage), {
      write: <T>(work: (tx: Transaction) => Promise<T>) =>
        centre.storage.write(async (tx) => {
          const result = await work(tx)
          if (failing) {
            failing = false
            throw new Error('not so')
          }
          return result
        }),
    })
    const results = await all(
      batchOf(() => false, late),
      ['first', 'bad', 'last'],
    )
    expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(log).toEqual(['first+bad+last', 'first', 'bad', 'last'])
    expect(await centre.storage.meta('bad')).toBeNull()
  })
})
