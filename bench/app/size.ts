import fs from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { inRoot } from '../../scripts/lib/paths.mjs'

const kb = (bytes: number) => bytes / 1000

/** What the first page loads before anything shows: the scripts that index.html names. kB, gzip level 9. */
export async function size(): Promise<Record<string, number>> {
  const folder = inRoot('dist', 'client')
  const html = fs.readFileSync(path.join(folder, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1] ?? '')
  const zipped = (end: string) =>
    named
      .filter((file) => file.endsWith(end))
      .reduce((sum, file) => sum + gzipSync(fs.readFileSync(path.join(folder, file)), { level: 9 }).length, 0)
  return { initial_kb: kb(zipped('.js')), styles_kb: kb(zipped('.css')) }
}
