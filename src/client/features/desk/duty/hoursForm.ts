import type { Draft } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import type { Stay } from '../../../../domain/rules/duty/book.ts'
import { momentOf } from '../../../../domain/rules/localMoment.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'

/** A moment as an input of type `datetime-local` wants it, in the community's zone. */
export function localInput(at: number, zone: string): string {
  const { day, minute } = localTime(at, zone)
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`
}

/** And back, ms; null where nothing readable stands there. */
export function readLocalInput(text: string, zone: string): number | null {
  const [, day = '', hours, minutes] = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})/.exec(text) ?? []
  return day === '' ? null : momentOf(day, Number(hours) * 60 + Number(minutes), zone)
}

/**
 * What says that somebody came or left at another time; null = as it was. An hour of leaving that nobody wrote before
 * is a check-out by hand, one that was written is amended.
 */
export function hoursDrafts(
  stay: Stay,
  logbook: LogbookId,
  { came, left }: { came: number | null; left: number | null },
): Draft[] {
  const amend = (target: string, patch: Record<string, number>): Draft => ({
    kind: 'amendment',
    logbook,
    body: { target, patch, why: 'mistake' },
  })
  const [out] = stay.outs
  const { post, member } = stay.body
  const leave = (at: number): Draft => ({
    kind: 'checkOut',
    logbook,
    body: { checkIn: stay.fact.id, post, way: 'hand', left: at, ...(member ? { member } : {}) },
  })
  return [
    ...(came === null ? [] : [amend(stay.fact.id, { came })]),
    ...(left === null ? [] : [out ? amend(out.fact.id, { left }) : leave(left)]),
  ]
}
