import * as v from 'valibot'
import type { EntryId, InstallId, LogbookId, MemberId, RecordId } from './ids.ts'

const uuid = v.pipe(v.string(), v.uuid())
/** As far as a date can go on either side of 1970 (ECMA-262, time values), ms: no clock can say more. */
export const farthestMs = 8.64e15
/** A time or a difference of times, any sign: a phone's clock may be off by decades and is still recorded. */
const span = v.pipe(v.number(), v.integer(), v.minValue(-farthestMs), v.maxValue(farthestMs))

/**
 * One fact or one edit, made on one phone, never changed after it was saved. This is the shape on the wire and
 * in storage. Everything else about it (install, counter, page, order) belongs to the page and to the centre.
 */
export const Envelope = v.looseObject({
  id: uuid,
  kind: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z]{1,39}$/)),
  /** Version of the kind's schema that the body was written with. */
  v: v.pipe(v.number(), v.integer(), v.minValue(1)),
  logbook: v.pipe(v.string(), v.maxLength(60)),
  /** The device's own time when it was saved. */
  at: span,
  /** Centre time minus device time as last known, and how old that knowledge was. Absent: never known. */
  off: v.optional(span),
  offAge: v.optional(v.pipe(span, v.minValue(0))),
  by: uuid,
  /** Documents only: the record that the patch belongs to. */
  record: v.optional(uuid),
  /** Documents only: the order number of the record as the author last saw it; 0 = not from the centre yet. */
  seen: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  body: v.record(v.string(), v.unknown()),
})

export interface Entry<B = Record<string, unknown>> {
  id: EntryId
  kind: string
  v: number
  logbook: LogbookId
  at: number
  off?: number
  offAge?: number
  by: MemberId
  record?: RecordId
  seen?: number
  body: B
}

/** What a feature hands to the store: the store adds id, version, author and time. */
export interface Draft<B = Record<string, unknown>> {
  id?: EntryId
  kind: string
  logbook: LogbookId
  record?: RecordId
  /** Only where the real time is not now (a paper sheet entered later, sample data). Device time, ms. */
  at?: number
  body: B
}

/** Where an entry is. There is no fourth state. */
export type EntryState = 'saved' | 'sent' | 'attention'

/** Remarks that the centre puts on an entry when it arrives; they never refuse it. */
export const flags = ['skew', 'fork'] as const
export type Flag = (typeof flags)[number]

/** A fact as everybody but its author's outbox sees it: the entry with what the centre added. */
export interface Fact<B = Record<string, unknown>> {
  id: EntryId
  kind: string
  v: number
  logbook: LogbookId
  /** Corrected time, ms: device time plus the best known offset. */
  at: number
  deviceAt: number
  by: MemberId
  /** Order number in the logbook; null while only this phone has it. */
  seq: number | null
  flags: readonly Flag[]
  state: EntryState
  /** The centre put it aside and its author has settled that: nobody waits for it any more. */
  aside?: true
  /** True where this install made it. */
  mine: boolean
  body: B
}

/** A document's record: what its patches add up to. */
export interface Doc<B = Record<string, unknown>> {
  kind: string
  id: RecordId
  logbook: LogbookId
  /** Order number of the last patch that the centre merged; 0 = only on this phone so far. */
  seq: number
  /** Device or corrected time of the last patch, ms. */
  at: number
  removed: boolean
  state: EntryState
  /** Values that lost against a later arrival; shown to their author. */
  lost: readonly LostValue[]
  body: B
}

export interface LostValue {
  field: string
  value: unknown
  by: MemberId
  entry: EntryId
  at: number
}

/** The counter's author: entry n of an install, 1-based and gap-free. */
export interface Origin {
  install: InstallId
  n: number
}

/** A phone's clock that differs more than this is flagged, never refused. */
export const skewFlaggedAboveMs = 2 * 60_000

/** Device time plus the best known offset, ms, within what a date can say. */
export const correctedAt = (deviceAt: number, offsetMs: number | undefined): number =>
  Math.max(-farthestMs, Math.min(farthestMs, deviceAt + (offsetMs ?? 0)))
