import type { CorrectionRow, EntryRow, PageRow, QuarantineDraft, TallyRow } from '../rows.ts'
import type { Erasure, Heard } from '../storage.ts'
import type { Value } from './connection.ts'
import { integers, texts } from './lists.ts'

/**
 * Rows as one list per column, in the order of the statements that take them: a statement then takes any number of
 * rows and never changes its text.
 */

export const entryColumns = (rows: readonly EntryRow[]): Value[] => [
  texts(rows.map((e) => e.logbook)),
  integers(rows.map((e) => e.seq)),
  texts(rows.map((e) => e.id)),
  texts(rows.map((e) => e.install)),
  integers(rows.map((e) => e.n)),
  integers(rows.map((e) => e.page)),
  texts(rows.map((e) => e.kind)),
  texts(rows.map((e) => e.record)),
  texts(rows.map((e) => e.post)),
  integers(rows.map((e) => e.at)),
  integers(rows.map((e) => e.received)),
  texts(rows.map((e) => e.flags)),
  texts(rows.map((e) => e.line)),
  texts(rows.map((e) => e.mask)),
  texts(rows.map((e) => e.digest)),
]

export const pageColumns = (rows: readonly PageRow[]): Value[] => [
  texts(rows.map((p) => p.install)),
  integers(rows.map((p) => p.page)),
  texts(rows.map((p) => p.hash)),
  texts(rows.map((p) => p.prev)),
  integers(rows.map((p) => p.first)),
  integers(rows.map((p) => p.count)),
  texts(rows.map((p) => p.headerLine)),
  texts(rows.map((p) => p.signature)),
  integers(rows.map((p) => p.received)),
  texts(rows.map((p) => JSON.stringify(p.outcome))),
  texts(rows.map((p) => p.digests)),
]

export const heardColumns = (rows: readonly Heard[]): Value[] => [
  texts(rows.map((h) => h.install)),
  integers(rows.map((h) => h.fresh)),
  integers(rows.map((h) => h.lastHeard)),
  integers(rows.map((h) => h.unsent)),
  texts(rows.map((h) => h.app)),
]

export const quarantineColumns = (rows: readonly QuarantineDraft[]): Value[] => [
  texts(rows.map((q) => q.install)),
  texts(rows.map((q) => q.member)),
  texts(rows.map((q) => q.community)),
  integers(rows.map((q) => q.n)),
  integers(rows.map((q) => q.page)),
  texts(rows.map((q) => q.code)),
  integers(rows.map((q) => (q.held ? 1 : 0))),
  texts(rows.map((q) => q.logbook)),
  texts(rows.map((q) => q.line)),
  integers(rows.map((q) => q.received)),
  integers(rows.map((q) => q.arrivalOff)),
]

export const correctionColumns = (rows: readonly CorrectionRow[]): Value[] => [
  texts(rows.map((c) => c.logbook)),
  texts(rows.map((c) => c.target)),
  texts(rows.map((c) => c.entry)),
  integers(rows.map((c) => c.seq)),
  texts(rows.map((c) => JSON.stringify(c.body))),
]

export const tallyKeys = (rows: readonly TallyRow[]): Value[] => [
  texts(rows.map((t) => t.logbook)),
  integers(rows.map((t) => t.hour)),
  texts(rows.map((t) => t.post)),
  texts(rows.map((t) => t.metric)),
]

export const erasureColumns = (rows: readonly Erasure[]): Value[] => [
  texts(rows.map((e) => e.logbook)),
  integers(rows.map((e) => e.seq)),
  texts(rows.map((e) => e.line)),
  texts(rows.map((e) => e.mask)),
  texts(rows.map((e) => e.digest)),
]
