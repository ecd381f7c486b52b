import * as v from 'valibot'
import { Correction } from '../../domain/kinds/correction.ts'
import { kindOf, type AnyKind } from '../../domain/kinds/index.ts'
import { corrected, type CorrectionPart } from '../../domain/rules/correct.ts'
import type { CorrectionRow, TallyRow } from '../storage/rows.ts'

const hourMs = 3_600_000

/** Start of the hour, ms. */
export const hourOf = (at: number): number => Math.floor(at / hourMs) * hourMs

/** A fact as far as it counts. */
export interface Counted {
  logbook: string
  kind: string
  /** Corrected time, ms. */
  at: number
  body: Record<string, unknown>
}

/** Adds up rows of the same hour, post and metric; those that come to 0 vanish. */
export class Tally {
  /** By all but the metric, then by that: most rows of a page are of the hour and post of the one before. */
  readonly #rows = new Map<string, Map<string, TallyRow>>()
  #last: { row: TallyRow; metrics: Map<string, TallyRow> } | null = null

  add(row: TallyRow, factor: 1 | -1): void {
    const metrics = this.#metricsOf(row)
    const known = metrics.get(row.metric)
    if (known) known.n += row.n * factor
    else metrics.set(row.metric, { ...row, n: row.n * factor })
  }

  rows(): TallyRow[] {
    return [...this.#rows.values()].flatMap((metrics) => [...metrics.values()].filter((row) => row.n !== 0))
  }

  #metricsOf(row: TallyRow): Map<string, TallyRow> {
    const { logbook, hour, post } = row
    const last = this.#last?.row
    if (this.#last && last?.logbook === logbook && last.hour === hour && last.post === post)
      return this.#last.metrics
    const key = `${logbook}|${hour}|${post}`
    const metrics = this.#rows.get(key) ?? new Map<string, TallyRow>()
    this.#rows.set(key, metrics)
    this.#last = { row, metrics }
    return metrics
  }
}

const asPart = (row: CorrectionRow): CorrectionPart => ({
  seq: row.seq,
  id: row.entry,
  at: 0,
  body: { ...row.body, target: row.target },
})

/** What a fact adds to the counts as its corrections leave it; nothing when it was taken back ([FD1]). */
export function marksOf(fact: Counted, corrections: readonly CorrectionRow[]): TallyRow[] {
  const kind = kindOf(fact.kind)
  if (!kind?.tally) return []
  const standing = standingBody(kind, fact.body, corrections)
  if (!standing) return []
  const post = kind.post?.(standing) ?? ''
  const hour = hourOf(fact.at)
  return kind.tally(standing).map(({ metric, by }) => ({ logbook: fact.logbook, post, hour, metric, n: by }))
}

function standingBody(
  kind: AnyKind,
  body: Record<string, unknown>,
  corrections: readonly CorrectionRow[],
): Record<string, unknown> | null {
  if (corrections.length === 0) return body
  const result = corrected(kind.body, body, corrections.map(asPart))
  return result.retracted ? null : result.body
}

/** A correction's body, or null where it is none. */
export function readCorrection(body: unknown): Correction | null {
  const read = v.safeParse(Correction, body)
  return read.success ? read.output : null
}
