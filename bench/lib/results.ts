import fs from 'node:fs'
import { median } from './stats.ts'

/** One line of a results file: what was run, and medians of its figures or the error. */
export interface Line {
  peer: string
  work: string
  n: number
  round: number
  error?: string
  [figure: string]: number | string | undefined
}

export const readResults = (file: string): Line[] =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((text): Line => JSON.parse(text))

export const addResult = (file: string, line: Line): void =>
  fs.appendFileSync(file, `${JSON.stringify(line)}\n`)

export interface Which {
  peer: string
  work: string
  /** Absent: any number of entries. */
  n?: number
}

const figureOf = (line: Line | undefined, figure: string): number => {
  const value = line?.[figure]
  return typeof value === 'number' ? value : NaN
}

export const linesOf = (lines: readonly Line[], { peer, work, n }: Which): Line[] =>
  lines.filter((line) => line.peer === peer && line.work === work && (n === undefined || line.n === n))

/** A figure's median over the rounds; NaN where it was not measured. */
export const figure = (lines: readonly Line[], which: Which, name: string): number =>
  median(linesOf(lines, which).map((line) => figureOf(line, name)))

/** One figure over another's of the same round, as the median over rounds, so that a slow minute hits both. */
export function ratio(lines: readonly Line[], above: Which, below: Which, name: string): number {
  const others = linesOf(lines, below)
  const ratios = linesOf(lines, above).map((line) => {
    const other = others.find(({ round }) => round === line.round)
    return figureOf(line, name) / figureOf(other, name)
  })
  return median(ratios)
}
