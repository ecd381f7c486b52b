import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageUnavailable } from '../../../src/server/storage/errors.ts'
import type { EntryRow } from '../../../src/server/storage/rows.ts'
import type { Storage, Transaction } from '../../../src/server/storage/storage.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'
import { pushText } from '../../support/pages.ts'

let centre: TestCentre
let guard: TestPhone
/** Called before each insert of entries. */
let trouble: (rows: readonly EntryRow[]) => void = () => undefined

/** The storage with something before some of its calls; everything else is as it was. */
const wrapped = (storage: Storage): Storage =>
  Object.assign(Object.create(storage), {
    write: <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
      storage.write((tx) =>
        work(
          Object.assign(Object.create(tx), {
            insertEntries: async (rows: readonly EntryRow[]) => {
              trouble(rows)
              return tx.insertEntries(rows)
            },
            savepoint: <S>(inner: () => Promise<S>): Promise<S> => tx.savepoint(inner),
          }),
        ),
      ),
    close: () => storage.close(),
    ...Object.fromEntries(reads.map((name) => [name, storage[name].bind(storage)])),
  })
const reads = [
  'meta',
  'install',
  'logbook',
  'logbooks',
  'record',
  'entries',
  'quarantineIn',
  'entriesById',
] as const

beforeEach(async () => {
  trouble = () => undefined
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
  await centre.stop()
  await centre.start(wrapped)
})
afterEach(() => centre.end())

const once = (error: Error): (() => void) => {
  let done = false
  return () => {
    if (done) return
    done = true
    throw error
  }
}

describe('when something fails', () => {
  it('[PU2] [PU5] a disk that is full stores nothing and acknowledges nothing; the same pages go through later', async () => {
    trouble = once(new StorageUnavailable('full'))
    const pages = guard.sealer.sealAll([{ by: guard.member, ...centre.passage() }])
    await expect(centre.answer(pushText(...pages))).rejects.toThrow(StorageUnavailable)
    expect((await centre.storage.install(guard.row.id))?.received).toBe(0)
    const receipt = await centre.push(pages)
    expect(receipt.pages).toMatchObject([{ status: 'stored', entries: [] }])
  })

  it('[PU6] a page that makes the program fail is kept whole in quarantine, its neighbours are stored', async () => {
    const other = await centre.phone('guard')
    const [bad, good] = [centre.passage(), centre.passage()]
    // Which of the two comes first is the driver's affair.
    trouble = (rows) => {
      if (rows.some((row) => row.id === bad.id)) throw new TypeError('a bug')
    }
    const [first, second] = await Promise.all([centre.send(guard, [bad]), centre.send(other, [good])])
    expect(first.pages[0]?.entries).toEqual([{ n: 1, status: 'quarantined', code: 'unreadable' }])
    expect(second.pages[0]?.entries).toEqual([])
    const [aside] = await centre.storage.quarantineIn(centre.community, 10)
    expect(aside?.line).toBe(JSON.stringify({ by: guard.member, ...bad }))
    expect((await centre.storage.logbook(`gate/${centre.compound}`))?.head).toBe(1)
  })
})
