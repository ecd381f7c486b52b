import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inRoot } from '../../scripts/lib/paths.mjs'

const folder = join(process.env['GATEPOST_CLIENT'] ?? inRoot('dist', 'client'), 'assets')
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8')

/** A file that only hands on what another one has runs nothing of its own. */
const isSign = (file: string): boolean =>
  /"use strict";(µgive\([^;]*µ\d+[^;]*;|const µ\d+ = [^;]*;|\s)*\}\)\);$/.test(textOf(file))
const files = readdirSync(folder).filter((name) => name.endsWith('.js') && !isSign(name))

/** Files that a built file needs before it runs. */
const needs = new Map(
  files.map((file) => {
    const found = textOf(file).matchAll(/µneed\("([^"]+\.js)"\)/g)
    return [file, [...found].map(([, name = '']) => name)]
  }),
)

/** Everything that a file needs, directly or through others. */
function allNeeds(file: string, seen = new Set<string>()): Set<string> {
  for (const next of needs.get(file) ?? []) {
    if (seen.has(next)) continue
    seen.add(next)
    allNeeds(next, seen)
  }
  return seen
}

describe('the built app', () => {
  it('has no file that needs itself in the end: one of the circle would run before what it needs is there', () => {
    expect([...needs.values()].flat().length).toBeGreaterThan(10)
    expect(files.filter((file) => allNeeds(file).has(file))).toEqual([])
  })
})
