import type { Draft } from '../../entry.ts'
import type { EntryId, LogbookId, MemberId, PostId } from '../../ids.ts'
import { fold } from '../../formats/text.ts'
import { addDays, momentOf } from '../localMoment.ts'
import type { Staffed } from './roster.ts'

/** A row of a paper sign-in sheet, as somebody types it. */
export interface PaperRow {
  name: string
  came: string
  left: string
  note: string
}

export type PaperField = 'name' | 'came' | 'left'
/** `missing`: must be there. `unreadable`: no time of day. `future`: lies ahead. */
export type PaperError = 'missing' | 'unreadable' | 'future'

export interface PaperEntry {
  name: string
  /** Known where exactly one member is called so. */
  member?: MemberId | undefined
  /** Corrected time, ms. */
  came: number
  /** Before `came` by the clock means the next day: a night's turn. */
  left?: number | undefined
  note?: string | undefined
}

export type PaperRead =
  | { is: 'empty' }
  | { is: 'entry'; entry: PaperEntry }
  | { is: 'wrong'; errors: Partial<Record<PaperField, PaperError>> }

export interface PaperSheet {
  /** `2026-11-22`, local. */
  day: string
  zone: string
  /** Corrected time, ms. */
  now: number
  members: readonly { id: MemberId; name: string }[]
}

/**
 * A time of day as people write it: `8`, `830`, `0830`, `8:30`, `8.30`, `8点半`, full-width digits. Minutes since
 * midnight, 0–1440; null where it is none.
 */
export function readClock(text: string): number | null {
  const [, hours, minutes = '0'] =
    /^(\d{1,2})(?:[:.点點时時h]?(\d{2}|半))?[点點时時h分]?$/.exec(fold(text)) ?? []
  if (hours === undefined) return null
  const past = minutes === '半' ? 30 : Number(minutes)
  const all = Number(hours) * 60 + past
  return past < 60 && all <= 24 * 60 ? all : null
}

const isEmpty = (row: PaperRow): boolean =>
  [row.name, row.came, row.left, row.note].every((text) => text.trim() === '')

function memberCalled(name: string, { members }: PaperSheet): MemberId | undefined {
  const called = members.filter((member) => member.name === name)
  return called.length === 1 ? called[0]?.id : undefined
}

/** What a row says, or what is wrong with it, field by field. */
export function readPaperRow(row: PaperRow, sheet: PaperSheet): PaperRead {
  if (isEmpty(row)) return { is: 'empty' }
  const { day, zone, now } = sheet
  const name = row.name.trim()
  const errors: Partial<Record<PaperField, PaperError>> = {}
  if (name === '') errors.name = 'missing'
  const [from, to] = [readClock(row.came), readClock(row.left)]
  const came = from === null ? null : momentOf(day, from, zone)
  const nextDay = from !== null && to !== null && to < from
  const left = to === null ? null : momentOf(nextDay ? addDays(day, 1) : day, to, zone)
  if (came === null) errors.came = row.came.trim() === '' ? 'missing' : 'unreadable'
  else if (came > now) errors.came = 'future'
  if (row.left.trim() !== '' && left === null) errors.left = 'unreadable'
  else if (left !== null && left > now) errors.left = 'future'
  if (came === null || Object.keys(errors).length > 0) return { is: 'wrong', errors }
  const note = row.note.trim()
  const member = memberCalled(name, sheet)
  return {
    is: 'entry',
    entry: {
      ...{ name, came },
      ...(member === undefined ? {} : { member }),
      ...(left === null ? {} : { left }),
      ...(note === '' ? {} : { note }),
    },
  }
}

/** Somebody who came so long before a turn of theirs came for it. */
const earlyMs = 3 * 3_600_000

/** The turn that a paper row is about: one that they have and that they came for or into. */
const turnFor = ({ member, came }: PaperEntry, turns: readonly Staffed[]): EntryId | undefined =>
  turns.find(
    ({ turn, seats }) =>
      came > turn.body.starts - earlyMs &&
      came < turn.body.ends &&
      seats.holders.some((seat) => seat.member === member),
  )?.turn.fact.id

/** The entries of one row: who came and, where it is written, when they left. `id`: of the check-in. */
export function paperDrafts(
  entry: PaperEntry,
  at: { logbook: LogbookId; post: PostId; turns: readonly Staffed[]; id: EntryId },
): Draft[] {
  const { logbook, post, turns, id } = at
  const { name, member, came, left, note } = entry
  const who = member === undefined ? {} : { member }
  const shift = member === undefined ? undefined : turnFor(entry, turns)
  const body = {
    ...{ post, name, way: 'paper', came },
    ...who,
    ...(shift === undefined ? {} : { shift }),
    ...(note === undefined ? {} : { note }),
  }
  const leave = { kind: 'checkOut', logbook, body: { checkIn: id, post, way: 'paper', left, ...who } }
  return [{ kind: 'checkIn', id, logbook, body }, ...(left === undefined ? [] : [leave])]
}
