import { mkdir, open, rm, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { codeOf } from './failures.ts'

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

/**
 * Makes the folder and those above it, readable by their owner only. Node's own `recursive` tries for ever where a folder
 * can't be made though the one above it is there, as under `/proc`.
 */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return
    const above = dirname(folder)
    if (codeOf(error) !== 'ENOENT' || (await isThere(above))) throw error
    await makeFolder(above)
    await mkdir(folder, { mode: 0o700 })
  }
}

/** Makes the data folder, readable by its owner only, and writes a test file, so that a fault shows before anything else. */
export async function prepareFolder(folder: string): Promise<void> {
  await makeFolder(resolve(folder))
  const probe = join(folder, '.probe')
  const file = await open(probe, 'w', 0o600)
  try {
    await file.writeFile(Buffer.alloc(4096))
    await file.sync()
  } finally {
    await file.close()
    await rm(probe, { force: true })
  }
}
