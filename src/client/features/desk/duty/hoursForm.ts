import type { Draft } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import { cameAt, type Stay } from '../../../../domain/rules/duty/book.ts'
import type { Ending } from '../../../../domain/rules/duty/ending.ts'
import { momentOf } from '../../../../domain/rules/localMoment.ts'
import { leftDrafts, type Visit } from '../../../../domain/rules/duty/records.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import type { TextKey } from '../../../i18n/index.ts'

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

/** The two times as they are typed, each as an input wants it; `left` is empty while it is not known. */
export interface HoursTyped {
  came: string
  left: string
}

/** What the form begins with. `ended`: null = they are there, or nobody knows when they left. */
export const hoursTyped = (stay: Stay, ended: Ending, zone: string): HoursTyped => ({
  came: localInput(cameAt(stay), zone),
  left: ended ? localInput(ended.at, zone) : '',
})

interface HoursContext {
  before: HoursTyped
  ended: Ending
  /** Corrected time, ms. */
  now: number
  zone: string
}

type HoursRead =
  | { ok: true; said: { came: number | null; left: number | null } }
  | { ok: false; errors: Partial<Record<keyof HoursTyped, TextKey>> }

/**
 * The times that are said anew, ms; null = as it was. An end that nobody wrote down is said by saving it, also
 * unchanged. One that is known cannot be taken away, and nothing is said of what is still to come.
 */
export function readHours(typed: HoursTyped, { before, ended, now, zone }: HoursContext): HoursRead {
  const [came, left] = [readLocalInput(typed.came, zone), readLocalInput(typed.left, zone)]
  const isNew = { came: typed.came !== before.came, left: typed.left !== before.left }
  if (came === null) return { ok: false, errors: { came: 'duty.paper.wrong.missing' } }
  if (left === null && (before.left !== '' || (ended !== null && !isNew.came)))
    return { ok: false, errors: { left: 'duty.paper.wrong.missing' } }
  if (isNew.came && came > now) return { ok: false, errors: { came: 'duty.paper.wrong.future' } }
  if (isNew.left && left !== null && left > now)
    return { ok: false, errors: { left: 'duty.paper.wrong.future' } }
  if (left !== null && left < came) return { ok: false, errors: { left: 'duty.hours.wrong' } }
  const asItStands = ended?.how === 'auto' && left !== null ? ended.at : null
  return { ok: true, said: { came: isNew.came ? came : null, left: isNew.left ? left : asItStands } }
}

/**
 * What says that somebody came or left at another time; null = as it was. An hour of leaving that nobody wrote before
 * is a check-out by hand, one that was written is amended. `twins`: other stays of the same time and post, which end with
 * it (`twinsOf`).
 */
export function hoursDrafts(
  stay: Stay,
  logbook: LogbookId,
  { came, left }: { came: number | null; left: number | null },
  twins: readonly Stay[] = [],
): Draft[] {
  const { post, member, name } = stay.body
  const visit: Visit = { logbook, post, who: { member, name }, evidence: { way: 'hand' } }
  const arrival: Draft = {
    kind: 'amendment',
    logbook,
    body: { target: stay.fact.id, patch: { came }, why: 'mistake' },
  }
  return [
    ...(came === null ? [] : [arrival]),
    ...(left === null ? [] : leftDrafts({ stay, twins }, visit, left)),
  ]
}
