import * as v from 'valibot'
import type { Fact } from '../entry.ts'
import { Correction } from '../kinds/correction.ts'

type Body = Record<string, unknown>
export type CorrectionFact = Fact<Correction>

export interface Corrected<B> {
  body: B
  retracted: boolean
}

type Arrived = Pick<Fact, 'seq' | 'at' | 'id'>
/** A correction as far as it changes anything; a phone has whole facts, the centre only this. */
export type CorrectionPart = Arrived & Pick<CorrectionFact, 'body'>

/** The centre's order where there is one; what only this phone has comes after it, by time. */
export const byArrival = (a: Arrived, b: Arrived): number =>
  (a.seq ?? Infinity) - (b.seq ?? Infinity) || a.at - b.at || (a.id < b.id ? -1 : 1)

function patched(body: Body, patch: Body): Body {
  const merged = Object.entries({ ...body, ...patch })
  return Object.fromEntries(merged.filter(([, value]) => value !== null))
}

/** A fact as a correction, or null where it is none that this version can read. */
export function asCorrection(fact: Fact): CorrectionFact | null {
  const body = v.safeParse(Correction, fact.body)
  return body.success ? { ...fact, body: body.output } : null
}

/**
 * A fact's body as its corrections leave it ([FD1]): of several corrections of a field the last arrival counts.
 * A correction that would make the body unreadable changes nothing here; it stays in the list and is shown.
 */
export function corrected<B extends Body>(
  schema: v.GenericSchema<unknown, B>,
  body: B,
  corrections: readonly CorrectionPart[],
): Corrected<B> {
  let [result, retracted] = [body, false]
  for (const { body: correction } of [...corrections].sort(byArrival)) {
    if (correction.retract !== undefined) retracted = correction.retract
    if (!correction.patch) continue
    const next = v.safeParse(schema, patched(result, correction.patch))
    if (next.success) result = next.output
  }
  return { body: result, retracted }
}
