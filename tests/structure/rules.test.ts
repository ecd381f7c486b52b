import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { describe, expect, it } from 'vitest'
import { scriptOf, sourcesIn } from './sources.ts'

const src = sourcesIn('src', /\.(ts|vue)$/)

/** `path: line` of each place where the pattern stands. */
const places = (files: typeof src, pattern: RegExp): string[] =>
  files.flatMap((source) =>
    scriptOf(source)
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${source.path}: ${line.trim()}`),
  )

describe('what the linter cannot say', () => {
  it('inner rooms never ask what time it is', () => {
    const inner = src.filter(({ path }) => /^src\/(domain|protocol)\//.test(path))
    expect(inner.length).toBeGreaterThan(20)
    expect(places(inner, /\bnew Date\(\s*\)|\bDate\(\s*\)/)).toEqual([])
  })

  it('types are not talked around: a double assertion stands only where the registry meets one kind', () => {
    const elsewhere = src.filter(({ path }) => path !== 'src/domain/kinds/index.ts')
    expect(places(elsewhere, /\bas (unknown|never) as\b|<any>|\bas any\b/)).toEqual([])
  })
})

describe('tests mirror the sources', () => {
  const tests = sourcesIn('tests', /\.test\.ts$/).filter(({ path }) =>
    /^tests\/(domain|protocol|client|server)\//.test(path),
  )

  it('each test stands in the folder of what it tests', () => {
    expect(tests.length).toBeGreaterThan(0)
    const home = (path: string): string => dirname(path).replace(/^tests/, 'src')
    const lost = tests.filter(({ path }) => !existsSync(home(path)) && !existsSync(`${home(path)}.ts`))
    expect(lost.map(({ path }) => path)).toEqual([])
  })
})
