import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder of the test's own, outside the clone. */
export const newFolder = (name: string): string => mkdtempSync(join(tmpdir(), `gatepost-${name}-`))

/** Programs that were killed a moment ago may still be writing there: a few tries. */
export const removeFolder = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
