import path from 'node:path'
import * as esbuild from 'esbuild'
import { benchRoot } from './folders.ts'

/** The page's script: a peer's client and local store with the timing around them. */
export async function bundle(peerFolder: string): Promise<Uint8Array> {
  const contents = [
    `import * as client from ${JSON.stringify(path.join(peerFolder, 'client.ts'))}`,
    `import * as local from ${JSON.stringify(path.join(peerFolder, 'w5.ts'))}`,
    `import { install } from ${JSON.stringify(path.join(benchRoot, 'lib/page.ts'))}`,
    'install(client, local)',
  ].join('\n')
  const result = await esbuild.build({
    stdin: { contents, resolveDir: benchRoot, sourcefile: 'entry.ts', loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    write: false,
    minify: true,
    logLevel: 'error',
    mainFields: ['browser', 'module', 'main'],
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"production"', 'import.meta.env': '{}', global: 'globalThis' },
    inject: [path.join(benchRoot, 'lib/shim.ts')],
  })
  const [file] = result.outputFiles
  if (!file) throw new Error('nothing was bundled')
  return file.contents
}
