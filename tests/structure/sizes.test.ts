import { describe, expect, it } from 'vitest'
import { functionsIn, lineCount, quantile, sourcesIn } from './sources.ts'

const code = /\.(ts|mjs|vue)$/
const sources = [...sourcesIn('src', code), ...sourcesIn('scripts', code)]

describe('small files with one duty', () => {
  const sizes = sources.map((source) => ({ path: source.path, lines: lineCount(source.text) }))
  const lines = sizes.map((size) => size.lines)

  it('no file is over 400 lines', () => {
    expect(sizes.filter((size) => size.lines > 400)).toEqual([])
  })

  it('half of the files have at most 60 lines, nine of ten at most 200', () => {
    expect(quantile(lines, 0.5)).toBeLessThanOrEqual(60)
    expect(quantile(lines, 0.9)).toBeLessThanOrEqual(200)
  })
})

describe('short functions', () => {
  const functions = sources.flatMap(functionsIn)

  it('no function is over 70 lines', () => {
    expect(functions.filter((size) => size.lines > 70)).toEqual([])
  })

  it('half of the functions have at most 8 lines', () => {
    expect(functions.length).toBeGreaterThan(100)
    expect(
      quantile(
        functions.map((size) => size.lines),
        0.5,
      ),
    ).toBeLessThanOrEqual(8)
  })
})
