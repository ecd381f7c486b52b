import { build } from 'vite'
import { inRoot } from '../../scripts/lib/paths.mjs'

/** Builds the app once more, as a later version of itself, into this folder. */
export async function buildVersion(version: string, folder: string): Promise<void> {
  const renamed = {
    name: 'other-version',
    enforce: 'pre' as const,
    load: (id: string): string | null =>
      id.endsWith('src/client/version.ts') ? `export const appVersion = '${version}'` : null,
  }
  await build({
    configFile: inRoot('vite.config.ts'),
    logLevel: 'error',
    plugins: [renamed],
    build: { outDir: folder, emptyOutDir: true },
  })
}
