import type { Shift } from '../../../../domain/kinds/shift.ts'
import type { Turn } from '../../../../domain/rules/duty/book.ts'
import { mayPlanOn, spanOn } from '../../../../domain/rules/duty/plan.ts'
import { localTime } from '../../../../domain/rules/localTime.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { patchOf } from '../shared/patch.ts'

/** One turn as it is typed: a local day, local times, heads. */
export interface TurnFields {
  day: string
  from: string
  to: string
  heads: string
  note: string
}

export type TurnErrors = Partial<Record<keyof TurnFields, TextKey>>
type TurnValue = Pick<Shift, 'starts' | 'ends' | 'heads'> & { note?: string }

export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

export function turnFields({ body }: Turn, zone: string): TurnFields {
  const [starts, ends] = [localTime(body.starts, zone), localTime(body.ends, zone)]
  return {
    day: starts.day,
    from: clockText(starts.minute),
    to: clockText(ends.minute),
    heads: String(body.heads),
    note: body.note ?? '',
  }
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/
const dayText = /^\d{4}-\d\d-\d\d$/
const headsAtMost = 999

/** What is wrong with times and heads, whichever form they stand in. */
export function turnErrors({ day, from, to, heads }: TurnFields): TurnErrors {
  const needed: TextKey = 'common.required'
  return {
    ...(dayText.test(day) ? {} : { day: needed }),
    ...(clock.test(from) ? {} : { from: needed }),
    ...(clock.test(to) ? {} : { to: needed }),
    ...(/^\d+$/.test(heads.trim()) && Number(heads) >= 1 && Number(heads) <= headsAtMost
      ? {}
      : { heads: 'plan.headsWrong' as const }),
  }
}

/** Wherever it is moved, phones keep a turn from when it was planned. */
function dayError(turn: Turn, day: string, zone: string): Pick<TurnErrors, 'day'> {
  const isMoved = day !== localTime(turn.body.starts, zone).day
  return isMoved && !mayPlanOn(day, localTime(turn.fact.at, zone).day) ? { day: 'plan.moveFar' } : {}
}

/** The turn as it is to be. */
export function readTurn(
  turn: Turn,
  fields: TurnFields,
  zone: string,
): { ok: true; value: TurnValue } | { ok: false; errors: TurnErrors } {
  const errors = { ...dayError(turn, fields.day, zone), ...turnErrors(fields) }
  if (Object.keys(errors).length > 0) return { ok: false, errors }
  const note = fields.note.trim()
  const span = spanOn(fields.day, fields, zone)
  return { ok: true, value: { ...span, heads: Number(fields.heads), ...(note === '' ? {} : { note }) } }
}

/** What changed, as a `shiftChange` has it. */
export const turnPatch = (turn: Turn, value: TurnValue): Record<string, unknown> =>
  patchOf(turn.body, value, ['starts', 'ends', 'heads', 'note'])
