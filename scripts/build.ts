// `npm run build`: the app in dist/client, each text file also compressed, and the stamp that says from what.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { build } from 'vite'
import { sourceDigest, stampPath } from './lib/built.mjs'
import { compressFolder } from './lib/compress.ts'
import { inRoot } from './lib/paths.mjs'

const digest = sourceDigest()
rmSync(stampPath, { force: true })
await build({ configFile: inRoot('vite.config.ts'), logLevel: 'warn' })
await compressFolder(inRoot('dist', 'client'))
mkdirSync(dirname(stampPath), { recursive: true })
writeFileSync(stampPath, digest)
