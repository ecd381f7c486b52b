import * as v from 'valibot'
import type { RecordKey, RecordRow } from '../storage/rows.ts'
import { mergePatch, type Patch } from './documents.ts'
import { addEntry } from './facts.ts'
import { afterMember, objectsToMember } from './members.ts'
import type { Admitted } from './objections.ts'
import { afterPlace, objectsToPlace } from './places.ts'
import type { Reading } from './reading.ts'
import { recordName, type Sheet } from './sheet.ts'
import { correctedTime } from './time.ts'
import { aside, asideUntilRecord, stored, type Verdict } from './verdict.ts'
import type { QuarantineCode } from '../../protocol/problems.ts'

/** A document's record before and after a patch. */
export interface Change {
  before: RecordRow | null
  after: RecordRow
}

/** Rules of single kinds that reach beyond their schema: what speaks against a change, and what follows from it. */
interface Guard {
  objects(sheet: Sheet, change: Change): Promise<QuarantineCode | null>
  after(sheet: Sheet, change: Change): Promise<void>
}
const guards: Readonly<Record<string, Guard>> = {
  place: { objects: objectsToPlace, after: afterPlace },
  member: { objects: objectsToMember, after: afterMember },
}

/** Merges a patch into its record ([FD2..5]). */
export async function storePatch(sheet: Sheet, admitted: Admitted, reading: Reading): Promise<Verdict> {
  const { entry, kind, logbook } = admitted
  if (entry.record === undefined) return aside('invalid')
  const key: RecordKey = { logbook: entry.logbook, kind: entry.kind, id: entry.record }
  const before = sheet.records.get(recordName(key)) ?? null
  const patch: Patch = {
    entry: entry.id,
    by: entry.by,
    at: correctedTime(entry, sheet.arrivalOff),
    seq: logbook.head + 1,
    seen: entry.seen ?? 0,
    body: entry.body,
  }
  const after = mergePatch(before, key, patch)
  if (!v.is(kind.body, after.body))
    return before || !mayComeFirst(sheet, patch) ? aside('invalid') : asideUntilRecord
  const guard = guards[entry.kind]
  const objection = await guard?.objects(sheet, { before, after })
  if (objection) return aside(objection)
  addEntry(sheet, admitted, reading)
  sheet.records.set(recordName(key), after)
  sheet.added.records.add(recordName(key))
  if (!before) sheet.added.begun.add(entry.logbook)
  await guard?.after(sheet, { before, after })
  return stored
}

/** An edit can arrive before the record it edits: its author had seen it, or an earlier page is still on its way. */
const mayComeFirst = (sheet: Sheet, patch: Patch): boolean => patch.seen > 0 || sheet.early
