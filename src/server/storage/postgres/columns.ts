import type { CorrectionRow, EntryRow, QuarantineDraft, TallyRow } from '../rows.ts'
import type { Erasure } from '../storage.ts'
import type { Value } from './connection.ts'

/**
 * Rows as one list per column, in the order of the statements that take them: a statement then takes any number of
 * rows and never changes its text.
 */

export const entryColumns = (rows: readonly EntryRow[]): Value[] => [
  rows.map((e) => e.logbook),
  rows.map((e) => e.seq),
  rows.map((e) => e.id),
  rows.map((e) => e.install),
  rows.map((e) => e.n),
  rows.map((e) => e.page),
  rows.map((e) => e.kind),
  rows.map((e) => e.record),
  rows.map((e) => e.post),
  rows.map((e) => e.at),
  rows.map((e) => e.received),
  rows.map((e) => e.flags),
  rows.map((e) => e.line),
  rows.map((e) => e.mask),
  rows.map((e) => e.digest),
]

export const quarantineColumns = (rows: readonly QuarantineDraft[]): Value[] => [
  rows.map((q) => q.install),
  rows.map((q) => q.member),
  rows.map((q) => q.community),
  rows.map((q) => q.n),
  rows.map((q) => q.page),
  rows.map((q) => q.code),
  rows.map((q) => (q.held ? 1 : 0)),
  rows.map((q) => q.logbook),
  rows.map((q) => q.line),
  rows.map((q) => q.received),
  rows.map((q) => q.arrivalOff),
]

export const correctionColumns = (rows: readonly CorrectionRow[]): Value[] => [
  rows.map((c) => c.logbook),
  rows.map((c) => c.target),
  rows.map((c) => c.entry),
  rows.map((c) => c.seq),
  rows.map((c) => JSON.stringify(c.body)),
]

export const tallyKeys = (rows: readonly TallyRow[]): Value[] => [
  rows.map((t) => t.logbook),
  rows.map((t) => t.hour),
  rows.map((t) => t.post),
  rows.map((t) => t.metric),
]

export const erasureColumns = (rows: readonly Erasure[]): Value[] => [
  rows.map((e) => e.logbook),
  rows.map((e) => e.seq),
  rows.map((e) => e.line),
  rows.map((e) => e.mask),
  rows.map((e) => e.digest),
]
