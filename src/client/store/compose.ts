import type { Draft, Entry } from '../../domain/entry.ts'
import { kindOf } from '../../domain/kinds/index.ts'
import { pageMaxBytes } from '../../protocol/page.ts'
import { toBytes } from '../platform/encoding.ts'
import type { ClockKeeper } from '../platform/offset.ts'
import type { Ids } from '../platform/ids.ts'
import type { OwnRow } from './rows.ts'
import { SaveFailed, type Identity } from './types.ts'

export interface Composer {
  ids: Ids
  keeper: ClockKeeper
}

/** A copy without what a form's reactivity wraps around it: the database can't clone that. */
export function plain<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value))
}

/** Turns a draft into the entry that will never change: id, author, device time and what is known of the centre's. */
export function compose({ ids, keeper }: Composer, author: Identity, draft: Draft): Entry {
  const now = Math.round(keeper.now())
  const offset = keeper.offset()
  const spec = kindOf(draft.kind)
  const record = spec?.nature === 'document' ? (draft.record ?? ids.next()) : draft.record
  return {
    id: draft.id ?? ids.next(),
    kind: draft.kind,
    v: spec?.version ?? 1,
    logbook: draft.logbook,
    at: draft.at === undefined ? now : Math.round(draft.at),
    ...(offset ? { off: offset.offMs, offAge: keeper.ageMs() } : {}),
    by: author.member,
    ...(record === undefined ? {} : { record }),
    body: spec?.nature === 'document' ? plain(draft.body) : draft.body,
  }
}

/** No page could hold it ([PG2]). Nothing of what is short is counted byte by byte. */
const isTooLarge = (line: string): boolean =>
  line.length * 3 > pageMaxBytes && toBytes(line).byteLength > pageMaxBytes

/**
 * The row that an entry is stored as.
 * @throws SaveFailed `too-large`
 */
export function ownRow(entry: Entry): Omit<OwnRow, 'n'> {
  const line = JSON.stringify(entry)
  if (isTooLarge(line)) throw new SaveFailed('too-large')
  return {
    id: entry.id,
    logbook: entry.logbook,
    kind: entry.kind,
    at: entry.at + (entry.off ?? 0),
    line,
  }
}

export const isDocument = (kind: string): boolean => kindOf(kind)?.nature === 'document'
