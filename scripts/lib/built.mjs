import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'

/** What the app in dist/client is made from. */
const sources = [
  'src/client',
  'src/domain',
  'src/protocol',
  'public',
  'vite.config.ts',
  'scripts/lib/classicScripts.ts',
  'package.json',
  'package-lock.json',
]

/** Holds the digest of the sources that dist/client was built from. */
export const stampPath = inRoot('dist', 'client.built')

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  const names = readdirSync(path).sort()
  return names.flatMap((name) => filesUnder(join(path, name)))
}

/** By content, so that a fresh checkout of the same sources counts as the same. */
export function sourceDigest() {
  const hash = createHash('sha256')
  for (const file of sources.flatMap((source) => filesUnder(inRoot(source))))
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Is dist/client there and made from the sources as they are now? */
export function isBuilt() {
  if (!existsSync(stampPath) || !existsSync(inRoot('dist', 'client', 'index.html'))) return false
  return readFileSync(stampPath, 'utf8') === sourceDigest()
}
