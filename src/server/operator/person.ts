import { open, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { BulkAct } from '../storage/rows.ts'
import type { Storage } from '../storage/storage.ts'
import { asideAbout, findIn, logbooksOf } from '../sync/person/find.ts'
import { erasePerson, type Erased } from '../sync/person/erase.ts'
import { wire } from '../wire.ts'
import { besideServer } from './beside.ts'
import { codeOf, Failure, step } from './failures.ts'

/** Operators have no id of their own: the line says that it was done on the machine, and how much was found. */
async function note(storage: Storage, act: BulkAct, rows: number, at: number): Promise<void> {
  const by = { install: '', member: '', logbook: '' }
  const communities = await storage.communities()
  await storage.write(async (tx) => {
    for (const community of communities) await tx.noteBulkRead({ ...by, community, at, act, rows })
  })
}

/** Writes all there is about somebody to a new file, as JSON, and answers how many things that were. `now`: ms. */
export function exportPersonTo(config: Config, now: number): Promise<number> {
  const { terms } = config
  const file = resolve(config.file)
  return besideServer(config, async (storage) => {
    const found: { logbook: string; entries: unknown[]; records: unknown[] }[] = []
    for (const logbook of await logbooksOf(storage)) {
      const { entries, records } = await findIn(storage, logbook, terms)
      const texts = entries.flatMap(({ line }) => (line === null ? [] : [JSON.parse(line) as unknown]))
      const now = records.map(({ kind, id, body, lost }) => ({ kind, id, body, lost }))
      if (texts.length + now.length > 0) found.push({ logbook: logbook.id, entries: texts, records: now })
    }
    const aside = (await asideAbout(storage, await storage.communities(), terms)).map(({ line }) => line)
    const rows = found.reduce(
      (sum, { entries, records }) => sum + entries.length + records.length,
      aside.length,
    )
    await note(storage, 'person-export', rows, now)
    await step(unwritable(file), () => writeNew(file, JSON.stringify({ terms, found, aside }, null, 2)))
    return rows
  })
}

/** Erases it; `now` is asked for each entry that the centre writes. */
export function erasePersonFrom(config: Config, now: () => number): Promise<Erased> {
  return besideServer(config, async (storage) => {
    const { pen } = await wire(storage, now)
    const erased = await erasePerson(storage, pen, config.terms)
    await note(storage, 'person-erase', erased.entries + erased.records + erased.aside, now())
    return erased
  })
}

/** Readable by its owner only; nothing is overwritten. */
async function writeNew(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(text)
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

const unwritable =
  (file: string) =>
  (error: unknown): Failure =>
    codeOf(error) === 'EEXIST'
      ? new Failure('fileExists', { file })
      : new Failure('fileUnwritable', { file, code: codeOf(error) })
