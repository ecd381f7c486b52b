import fs from 'node:fs'
import path from 'node:path'

export const benchRoot = path.dirname(import.meta.dirname)
/** Scratch data; `BENCH_TMP` puts it on another disk. */
const scratch = process.env['BENCH_TMP'] ?? path.join(benchRoot, '.tmp')
let made = 0

export function freshFolder(tag: string): string {
  const folder = path.join(scratch, `${tag}-${process.pid}-${made++}`)
  removeFolder(folder)
  fs.mkdirSync(folder, { recursive: true })
  return folder
}

export const removeFolder = (folder: string): void =>
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })

/** Bytes of all files below; what vanishes meanwhile counts nothing. */
export function bytesIn(folder: string): number {
  if (!fs.existsSync(folder)) return 0
  return fs.readdirSync(folder, { withFileTypes: true }).reduce((sum, item) => {
    const full = path.join(folder, item.name)
    return (
      sum + (item.isDirectory() ? bytesIn(full) : (fs.statSync(full, { throwIfNoEntry: false })?.size ?? 0))
    )
  }, 0)
}
