import type { Staffed, MyTurn } from '../../../domain/rules/duty/roster.ts'
import type { Turn } from '../../../domain/rules/duty/book.ts'
import type { KnownTurn } from '../../../domain/rules/duty/tidings.ts'
import type { MyPlace } from '../../../domain/rules/duty/seats.ts'
import { dotted } from '../../i18n/dotted.ts'
import { useText, type TextKey } from '../../i18n/index.ts'
import type { Signal } from '../../ui/kinds.ts'
import { useSpan } from '../../ui/useSpan.ts'
import { useRoster } from './useRoster.ts'

/** What a turn is to its reader: a signal, its word, and what it means. */
export interface TurnState {
  kind: Signal
  label: string
  why: string
}

const signals: Record<Exclude<MyPlace['is'], 'none'>, Signal> = { asked: 'note', mine: 'admit', next: 'ask' }

export function useTurnWords() {
  const { t, number, date } = useText()
  const span = useSpan()
  const { posts } = useRoster()
  const time = (turn: Turn): string => span(turn.body.starts, turn.body.ends)
  const post = (turn: Turn): string => posts.value.get(turn.body.post)?.body.name ?? t('roster.unknownPost')
  const heads = ({ turn, seats }: Staffed): string =>
    t('roster.heads', { n: number(seats.holders.length), heads: number(turn.body.heads) })

  const state = (kind: Signal, label: string, why?: TextKey): TurnState => ({
    kind,
    label,
    why: why ? t(why) : '',
  })
  /** Null where the turn is nothing to them. */
  function stateOf({ place, cancelled }: Pick<MyTurn, 'place' | 'cancelled'>): TurnState | null {
    if (place.is === 'none') return null
    if (cancelled) return state('refuse', t('roster.state.cancelled'), 'roster.why.cancelled')
    if (place.is === 'asked') return state(signals.asked, t('roster.state.asked'), 'roster.why.asked')
    if (place.leaving) return state('note', t('roster.state.leaving'), 'roster.why.leaving')
    if (place.is === 'mine') return state(signals.mine, t('roster.state.mine'))
    const label =
      place.place === 1 ? t('roster.state.next') : t('roster.state.line', { n: number(place.place) })
    return state(signals.next, label, 'roster.why.next')
  }
  const inLine = (place: number): string =>
    place === 1 ? t('roster.wouldBe.next') : t('roster.wouldBe.line', { n: number(place) })
  /** When and where it was, as far as that is another now. */
  function wasOf({ turn }: MyTurn, { post: at, starts, ends }: KnownTurn): string {
    const other = at === turn.body.post ? '' : (posts.value.get(at)?.body.name ?? t('roster.unknownPost'))
    const day = date(starts, 'weekday')
    const otherDay = day === date(turn.body.starts, 'weekday') ? '' : day
    return dotted([other, otherDay, span(starts, ends)])
  }
  return { time, post, heads, stateOf, inLine, wasOf }
}
