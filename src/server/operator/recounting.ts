import type { Config } from '../config.ts'
import type { Storage } from '../storage/storage.ts'
import { rebuildTallies, wrongTallies } from '../sync/recount.ts'
import { besideServer } from './beside.ts'
import type { Looked } from './verifying.ts'
import { say, type Words } from './words.ts'

/** Compares every logbook's counts with its entries; `fix` sets them right. Throws a `Failure`. */
export function recountDatabase(config: Config, words: Words, fix: boolean): Promise<Looked> {
  return besideServer(config, async (storage) => {
    const logbooks = await storage.logbooksUnder(await storage.communities())
    const lines: string[] = []
    for (const { id } of logbooks) lines.push(...(await recountOne(storage, words, id, fix)))
    if (lines.length === 0)
      return { lines: [say(words, 'recounted', { logbooks: String(logbooks.length) })], sound: true }
    return { lines: [...lines, ...(fix ? [words.recountFixed] : [])], sound: fix }
  })
}

async function recountOne(storage: Storage, words: Words, logbook: string, fix: boolean): Promise<string[]> {
  // Within one transaction nobody adds to the counts meanwhile.
  const wrong = await storage.write(async (tx) => {
    await tx.lock([logbook])
    return (await wrongTallies(tx, logbook)).length
  })
  if (wrong === 0) return []
  if (fix) await rebuildTallies(storage, logbook)
  return [say(words, 'recountWrong', { logbook, n: String(wrong) })]
}
