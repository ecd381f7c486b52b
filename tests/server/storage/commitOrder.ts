import { setTimeout as pause } from 'node:timers/promises'
import fc from 'fast-check'
import type { Storage } from '../../../src/server/storage/storage.ts'
import { entry } from './samples.ts'

const logbook = 'gate/a'
const writers = 16
const pagesEach = 12
const pageSize = 3

/** How a writer comes by the order numbers of its page. */
export type Numbering = 'logbook' | 'sequence'

export interface Story {
  /** Order numbers that were stored. */
  stored: number[]
  /** Order numbers that a poller saw, which only ever asked for what is above the last one it has. */
  seen: number[]
}

/**
 * Sixteen writers at once, with pauses of random length inside and between their transactions, over `doors` to one
 * database, and a poller that follows. `sequence` gives numbers out before the transaction and without a lock, as a
 * database's own sequence or a counter in the program would.
 */
export async function writeAndFollow(
  doors: readonly Storage[],
  numbering: Numbering,
  seed: number,
): Promise<Story> {
  const [first] = doors
  if (!first) throw new Error('no storage')
  await first.write((tx) => tx.putLogbook({ id: logbook, purpose: 'gate', place: 'a', path: ['a'] }))
  const pauses =
    fc.sample(fc.array(fc.nat(6), { minLength: 300, maxLength: 300 }), { seed, numRuns: 1 })[0] ?? []
  let next = 0
  const rest = (): Promise<void> => pause(pauses[next++ % pauses.length])
  let sequence = 0
  const page = (): number => (sequence += pageSize) - pageSize
  const writer = async (door: Storage): Promise<void> => {
    for (let i = 0; i < pagesEach; i++) {
      await rest()
      const early = numbering === 'sequence' ? page() : null
      if (early !== null) await rest()
      await door.write(async (tx) => {
        const head = early ?? (await tx.lock([logbook]))[0]?.head ?? 0
        await rest()
        await tx.insertEntries(
          Array.from({ length: pageSize }, (_, j) => entry({ logbook, seq: head + j + 1 })),
        )
        if (early === null) await tx.raiseHead(logbook, head + pageSize)
        await rest()
      })
    }
  }
  const seen: number[] = []
  const poll = async (door: Storage): Promise<void> => {
    const rows = await door.entries({ logbook, after: seen.at(-1) ?? 0, limit: 1000 })
    seen.push(...rows.map((row) => row.seq))
  }
  let writing = true
  const follow = async (): Promise<void> => {
    while (writing) await poll(first).then(rest)
    await poll(first)
  }
  const following = follow()
  await Promise.all(Array.from({ length: writers }, (_, i) => writer(doors[i % doors.length] ?? first)))
  writing = false
  await following
  const rows = await first.entries({ logbook, after: 0, limit: 10_000 })
  return { stored: rows.map((row) => row.seq), seen }
}

export const expectedRows = writers * pagesEach * pageSize
