import { mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes the data folder, readable by its owner only, and writes a test file, so that a fault shows before anything else. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
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
