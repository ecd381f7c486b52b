/**
 * The app's files as classic scripts instead of modules. Chromium keeps the compiled form of a classic script that a
 * service worker stores, from its installation on; of a module it keeps none, and a cold start on a slow phone then
 * spends a quarter of its time compiling.
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { minifySync, moduleRunnerTransform, transformWithOxc, type Plugin } from 'vite'
import { inRoot } from './paths.mjs'

interface Chunk {
  type: 'chunk'
  fileName: string
  code: string
  /** Files that it needs at once. */
  imports: string[]
  isEntry: boolean
}

interface Asset {
  type: 'asset'
  source: string | Uint8Array
}

/** What is made of a bundle of the builder's. */
export type Bundle = Record<string, Chunk | Asset>

const loaderPath = inRoot('src', 'client', 'fileLoader.ts')
const version = createHash('sha256')
  .update(readFileSync(loaderPath))
  .update(readFileSync(fileURLToPath(import.meta.url)))
  .digest('hex')

/** What goes before the first file: it has the one global name. */
export async function loader(): Promise<string> {
  const { code } = await transformWithOxc(readFileSync(loaderPath, 'utf8'), loaderPath)
  return minifySync(loaderPath, code).code
}

const name = (path: string): string => JSON.stringify(basename(path))

/** A file and all that it needs at once, what is needed first coming first. */
function withNeeds(bundle: Bundle, fileName: string, before: readonly string[] = []): readonly string[] {
  if (before.includes(fileName)) return before
  const part = bundle[fileName]
  const needs = part?.type === 'chunk' ? part.imports : []
  // Files may need each other: this one counts as known while its needs are looked at.
  const seen = needs.reduce<readonly string[]>(
    (list, need) => withNeeds(bundle, need, list),
    [...before, fileName],
  )
  return [...seen.filter((known) => known !== fileName), fileName]
}

/** What Vite's transform makes of imports and exports, with the loader's calls in their place. */
const replaced = (code: string, wanted: (path: string) => readonly string[]): string =>
  code
    .replaceAll(
      /await __vite_ssr_import__\("([^"]+)"(?:, \{[^}]*\})?\)/g,
      (_, path) => `µneed(${name(path)})`,
    )
    .replaceAll(
      /__vite_ssr_dynamic_import__\([`"']([^`"']+)[`"']\)/g,
      (_, path) => `µload(${JSON.stringify(wanted(path).map((file) => basename(file)))})`,
    )
    .replaceAll(
      /__vite_ssr_exportName__\(("[^"]+"), \(\) => \{ try \{ return ([^ ]+) \} catch \{\} \}\);?\n?/g,
      'µgive($1,()=>$2);',
    )
    .replaceAll(/__vite_ssr_import_(\d+)__/g, 'µ$1')
    .replaceAll('__vite_ssr_import_meta__', 'µhere')
    // Vite waits for a screen's styles before it asks for the screen: both come at once.
    .replaceAll(
      /(\(\)\s*=>\s*µload\((\[[^\]]*\])\)[^,]*,\s*)__vite__mapDeps\(/g,
      '$1(µload.ahead($2),__vite__mapDeps)(',
    )

/** Names begin with a letter that no minifier gives. The brackets ask the browser to compile the function at once. */
async function toClassic(
  bundle: Bundle,
  first: readonly string[],
  { fileName, code }: Chunk,
): Promise<string> {
  const transformed = await moduleRunnerTransform(code, null, fileName, code)
  const folder = fileName.slice(0, -basename(fileName).length)
  // Those that the page begins with are there.
  const body = replaced(transformed?.code ?? '__vite_ssr_', (path) =>
    withNeeds(bundle, folder + basename(path)).filter((file) => !first.includes(file)),
  )
  if (body.includes('__vite_ssr_')) throw new Error(`${fileName} holds what no classic script can`)
  return `gatepostFiles.add(${name(fileName)},(function(µneed,µload,µgive,µhere){"use strict";${body}}));`
}

/** The page names the entry's files in order. */
function page(html: string, names: readonly string[]): string {
  const scripts = names.map((file) => `<script defer src="/${file}"></script>`).join('\n    ')
  return html.replace(/<script type="module"[^>]*><\/script>/, () => scripts)
}

/** So small a file costs more to ask for than it holds, bytes. */
const tooSmall = 2000

/** Puts what comes first before the first file, and small ones before those that follow; gives the names of what stays. */
function joined(bundle: Bundle, loaderCode: string, first: readonly string[]): readonly string[] {
  let before = loaderCode
  return first.filter((fileName, i) => {
    const chunk = bundle[fileName]
    if (chunk?.type !== 'chunk') return false
    if (chunk.code.length < tooSmall && i < first.length - 1) {
      before += chunk.code
      delete bundle[fileName]
      return false
    }
    chunk.code = before + chunk.code
    before = ''
    return true
  })
}

/** Makes classic scripts of all files of a bundle, and has its page name those that it begins with. */
export async function makeClassic(bundle: Bundle): Promise<void> {
  const chunks = Object.values(bundle).filter((part) => part.type === 'chunk')
  const entry = chunks.find((chunk) => chunk.isEntry)
  const html = bundle['index.html']
  if (!entry || html?.type !== 'asset') throw new Error('there is no page to make scripts for')
  const first = withNeeds(bundle, entry.fileName)
  const codes = await Promise.all(chunks.map((chunk) => toClassic(bundle, first, chunk)))
  const before = await loader()
  // Each of the first ones is run along with its own task: all of them in one would let a press wait.
  const runsAtOnce = ({ fileName, imports }: Chunk): boolean => {
    const place = first.indexOf(fileName)
    return imports.every((need) => first.indexOf(need) < place)
  }
  const endOf = (chunk: Chunk): string => {
    if (chunk === entry) return `gatepostFiles.begin(${name(chunk.fileName)});`
    return first.includes(chunk.fileName) && runsAtOnce(chunk)
      ? `gatepostFiles.need(${name(chunk.fileName)});`
      : ''
  }
  for (const [i, chunk] of chunks.entries()) chunk.code = `${codes[i]}${endOf(chunk)}`
  html.source = page(String(html.source), joined(bundle, before, first))
}

export const classicScripts = (): Plugin => ({
  name: 'gatepost:classic-scripts',
  apply: 'build',
  enforce: 'post',
  // Another way of making them makes other files.
  augmentChunkHash: () => version,
  generateBundle: { order: 'post', handler: (_options, bundle) => makeClassic(bundle) },
})
