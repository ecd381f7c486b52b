import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

/** The lines of docs/failure-modes.md: number, and the test files that are named for it. */
const lines = readFileSync('docs/failure-modes.md', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, , tests] = line.split('|').map((cell) => cell.trim())
    return /^\d+$/.test(number ?? '') ? [{ number: Number(number), tests: tests ?? '' }] : []
  })

const filesIn = (text: string): string[] =>
  [...text.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => path ?? '')

/** The numbers that test names quote, as `(failure mode 8)`, `(failure modes 15, 16)` or `(… 11 and 12)`. */
const quotedIn = (text: string): Set<number> =>
  new Set(
    [...text.matchAll(/failure modes? ((?:\d+(?:, | and )?)+)/g)].flatMap(([, numbers = '']) =>
      numbers.split(/, | and /).map(Number),
    ),
  )

describe('failure modes', () => {
  it('are listed, all 38, in order', () => {
    expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: 38 }, (_, i) => i + 1))
  })

  const named = lines.flatMap(({ number, tests }) => filesIn(tests).map((file) => ({ number, file })))
  it.each(named)('line $number is quoted by a test of $file', ({ number, file }) => {
    expect(existsSync(file), file).toBe(true)
    expect([...quotedIn(readFileSync(file, 'utf8'))]).toContain(number)
  })

  it('each has a test', () => {
    const without = lines.filter(({ tests }) => filesIn(tests).length === 0)
    expect(without.map(({ number }) => number)).toEqual([])
  })
})
