import { readFile, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'

/** What a server knows of the disk that it works on; the status call tells it. */
interface House {
  /** When a copy of the database was last made by `backup`, ms; null = never here, or by other tools. */
  backupAt: number | null
  /** Bytes that are free where the database grows; null = it lies elsewhere. */
  freeBytes: number | null
}

const note = (data: string): string => join(data, 'last-backup.json')
const Note = v.object({ at: v.number() })

/** Leaves word that a copy was made. A copy is whole without it, so that nothing fails where it can't be written. */
export const noteBackup = (data: string, at: number): Promise<void> =>
  writeFile(note(data), `${JSON.stringify({ at })}\n`, { mode: 0o600 }).catch(() => undefined)

async function lastBackup(data: string): Promise<number | null> {
  try {
    return v.parse(Note, JSON.parse(await readFile(note(data), 'utf8'))).at
  } catch {
    return null
  }
}

const freeOn = (data: string): Promise<number | null> =>
  statfs(data).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => null,
  )

/** Looks at the data folder. */
export const lookAround = async (data: string): Promise<House> => ({
  backupAt: await lastBackup(data),
  freeBytes: await freeOn(data),
})
