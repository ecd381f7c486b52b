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
  readonly #rows = new Map<string, TallyRow>()

  add(row: TallyRow, factor: 1 | -1): void {
    const key = `${row.logbook}|${row.hour}|${row.post}|${row.metric}`
    const known = this.#rows.get(key)
    if (known) known.n += row.n * factor
    else this.#rows.set(key, { ...row, n: row.n * factor })
  }

  rows(): TallyRow[] {
    return [...this.#rows.values()].filter((row) => row.n !== 0)
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
