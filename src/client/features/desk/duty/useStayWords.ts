import { cameAt, type Stay, type Turn } from '../../../../domain/rules/duty/book.ts'
import type { Conflict } from '../../../../domain/rules/duty/conflict.ts'
import { endOf } from '../../../../domain/rules/duty/ending.ts'
import { minutesOf } from '../../../../domain/rules/duty/hours.ts'
import { strengthOf, type StrengthContext } from '../../../../domain/rules/duty/strength.ts'
import { dotted } from '../../../i18n/dotted.ts'
import { useText } from '../../../i18n/index.ts'

/** Check-ins in words. */
export function useStayWords(trust: StrengthContext) {
  const { t, code, date, duration } = useText()
  const span = (from: number, to: number | null): string =>
    to === null
      ? t('duty.since', { time: date(from, 'time') })
      : t('duty.fromTo', { from: date(from, 'time'), to: date(to, 'time') })
  const strength = (stay: Stay): string => code('duty', `strength.${strengthOf(stay, trust)}`)
  /** One line: from when to when, how long, how sure. */
  const line = (stay: Stay, turn: Turn | undefined, now: number): string => {
    const ending = endOf(stay, turn, now)
    const { minutes, known } = minutesOf(stay, turn, now, trust)
    const lasted = ending && known ? duration(minutes) : ''
    const closed = ending?.how === 'auto' ? t(known ? 'duty.autoClosed' : 'duty.autoClosedUnknown') : ''
    return dotted([span(cameAt(stay), known && ending ? ending.at : null), lasted, closed, strength(stay)])
  }
  /** How it stands against others, each way once. */
  const conflictsOf = (found: readonly Conflict[] = []): Conflict['how'][] => [
    ...new Set(found.map(({ how }) => how)),
  ]
  return { span, line, strength, conflictsOf, way: (way: string): string => code('duty', `way.${way}`) }
}
