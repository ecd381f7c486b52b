import type { Turn } from '../../../../domain/rules/duty/book.ts'
import { fillOf, type Staffed } from '../../../../domain/rules/duty/roster.ts'
import { addDays } from '../../../../domain/rules/localMoment.ts'
import { useText } from '../../../i18n/index.ts'
import { useSpan } from '../../../ui/useSpan.ts'
import type { Plan } from './usePlan.ts'

/** A week and its turns in words. */
export function useWeekWords({ town, startOf }: Plan) {
  const { t, date, number } = useText()
  const span = useSpan()
  const noon = (day: string): number => startOf(day) + 12 * 3_600_000
  const day = (text: string): string => date(noon(text), 'weekday')
  const week = (monday: string): string =>
    t('plan.weekOf', { from: date(noon(monday), 'monthDay'), to: date(noon(addDays(monday, 6)), 'monthDay') })
  const time = ({ turn }: Staffed): string => span(turn.body.starts, turn.body.ends)
  const postName = (turn: Turn): string =>
    town.posts.value.find((one) => one.id === turn.body.post)?.body.name ?? t('roster.unknownPost')
  const post = ({ turn }: Staffed): string => postName(turn)
  /** Post and time: enough to tell a turn from others of the same days. */
  const short = (turn: Turn): string => `${postName(turn)} ${span(turn.body.starts, turn.body.ends)}`
  const dayOf = (at: number): string => date(at, 'weekday')
  const heads = ({ turn, seats }: Staffed): string =>
    t('roster.heads', { n: number(seats.holders.length), heads: number(turn.body.heads) })
  const fillWord = (staffed: Staffed): string => t(`plan.fill.${fillOf(staffed)}`)
  return { day, dayOf, week, time, post, short, heads, fillWord, noon }
}
