import type { ProblemCode } from '../../protocol/problems.ts'

/** What became of a call: a value, or a problem of the catalogue. Expected outcomes are never exceptions. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; problem: ProblemCode }

export const done = <T>(value: T): Outcome<T> => ({ ok: true, value })
export const refused = (problem: ProblemCode): { ok: false; problem: ProblemCode } => ({ ok: false, problem })
