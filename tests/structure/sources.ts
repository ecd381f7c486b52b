import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { parse } from 'vue/compiler-sfc'

export interface Source {
  path: string
  text: string
}

/** Files of the clone below a folder whose name ends so, read. */
export function sourcesIn(folder: string, ending: RegExp): Source[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

/** Lines of text; the newline at the end opens no further one. */
export const lineCount = (text: string): number => text.trimEnd().split('\n').length

/** The TypeScript of a file; of a component, its script blocks. */
export function scriptOf({ path, text }: Source): string {
  if (!path.endsWith('.vue')) return text
  const { descriptor } = parse(text)
  return [descriptor.script?.content, descriptor.scriptSetup?.content].join('\n')
}

export interface FunctionSize {
  path: string
  lines: number
}

/** Every function with a body, nested ones too. */
export function functionsIn(source: Source): FunctionSize[] {
  const file = ts.createSourceFile(source.path, scriptOf(source), ts.ScriptTarget.Latest, true)
  const sizes: FunctionSize[] = []
  const lineAt = (at: number): number => file.getLineAndCharacterOfPosition(at).line
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body)
      sizes.push({ path: source.path, lines: lineAt(node.end) - lineAt(node.getStart()) + 1 })
    ts.forEachChild(node, visit)
  }
  visit(file)
  return sizes
}

/** The value that the share `part` (0–1) of the numbers does not exceed. */
export function quantile(numbers: readonly number[], part: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(part * sorted.length) - 1)] ?? 0
}
