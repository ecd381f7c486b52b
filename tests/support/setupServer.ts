import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { build } from 'vite'
import { inRoot } from '../../scripts/lib/paths.mjs'
import { serverFileVariable, serverSources } from './serverFile.ts'

/** As deep as the sources lie: they look for what stands beside them from there. */
function newFolderInDist(): string {
  mkdirSync(inRoot('dist'), { recursive: true })
  return mkdtempSync(inRoot('dist', 'server-of-tests-'))
}

/**
 * Before a run: the server's sources with all that they import in a few files. More than a hundred servers are started
 * in a run, and to start one from five hundred files takes Node twice as long. Answers what clears it away.
 */
export default async function setupServer(): Promise<(() => void) | undefined> {
  // Made for another project of this run.
  if (process.env[serverFileVariable]) return undefined
  const folder = newFolderInDist()
  await build({
    configFile: false,
    root: inRoot(),
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['pg-native'] },
    build: {
      ssr: true,
      outDir: folder,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: { cli: serverSources, checkpointThread: 'src/server/storage/sqlite/checkpointThread.ts' },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })
  process.env[serverFileVariable] = relative(inRoot(), join(folder, 'cli.js'))
  return () => rmSync(folder, { recursive: true, force: true })
}
