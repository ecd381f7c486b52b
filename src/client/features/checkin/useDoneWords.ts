import { computed, type ComputedRef } from 'vue'
import type { MemberId } from '../../../domain/ids.ts'
import { stayOf, type Turn } from '../../../domain/rules/duty/book.ts'
import { countedOf } from '../../../domain/rules/duty/counted.ts'
import { turnOf } from '../../../domain/rules/duty/ending.ts'
import { staffedTurn } from '../../../domain/rules/duty/roster.ts'
import { placeOf, type MyPlace } from '../../../domain/rules/duty/seats.ts'
import { isConfirmed, strengthOf, type Strength } from '../../../domain/rules/duty/strength.ts'
import type { Arrival, Ended } from '../../../domain/rules/duty/understand.ts'
import { useText } from '../../i18n/index.ts'
import type { Signal } from '../../ui/kinds.ts'
import { useSpan } from '../../ui/useSpan.ts'
import { useCheckIns } from './useCheckIns.ts'
import type { Done } from './useSignIn.ts'

export interface DoneWords {
  kind: Signal
  title: string
  /** The most important first. */
  lines: readonly string[]
  /** How sure the check-in is; null where nobody came. */
  strength: Strength | null
}

/** The place that was taken with the scan: asked for, theirs, or somebody was quicker. `other`: not one's own. */
function usePlaced(other: boolean): (turn: Turn, member: MemberId) => string {
  const { t, number } = useText()
  const span = useSpan()
  const { book } = useCheckIns()
  return ({ fact, body }, member) => {
    const staffed = staffedTurn(book.value, fact.id)
    const place: MyPlace = staffed ? placeOf(staffed.seats, member) : { is: 'none' }
    const time = span(body.starts, body.ends)
    if (place.is === 'mine') return `${time} · ${t(other ? 'checkin.how.theirs' : 'roster.state.mine')}`
    if (place.is === 'next')
      return `${time} · ${t(other ? 'checkin.how.inLine' : 'roster.state.line', { n: number(place.place) })}`
    return `${time} · ${t('checkin.how.taken')}`
  }
}

/** What a scan led to, in words: came, left, or nothing new. `other`: it was somebody else's. */
export function useDoneWords(of: () => Done | null, other = false): ComputedRef<DoneWords | null> {
  const { t, date, duration } = useText()
  const span = useSpan()
  const { book, now } = useCheckIns()
  const placed = usePlaced(other)

  const idOf = ({ drafts, ids }: Done, kind: string): string | undefined =>
    ids[drafts.findIndex((draft) => draft.kind === kind)]

  function how({ how: which, turn, byMs }: Arrival): string {
    const time = duration(byMs / 60_000)
    const said = t(`checkin.how.${which}`, { time })
    return turn ? `${span(turn.body.starts, turn.body.ends)} · ${said}` : said
  }

  function arrived(done: Done): DoneWords {
    const { meaning, choice, visit, stale, taken } = done
    const stay = stayOf(book.value, idOf(done, 'checkIn') ?? '')
    // The book has it a moment after the disk.
    const strength = stay ? strengthOf(stay) : visit.evidence.way === 'rotating' ? 'rotating' : 'unconfirmed'
    const arrival = 'arrival' in meaning ? meaning.arrival : meaning.is === 'arrive' ? meaning : null
    const lines = [
      date(done.at, 'time'),
      choice.do === 'instead' ? t('checkin.how.instead', { name: choice.seat.name }) : '',
      taken ? placed(taken, visit.who.member ?? '') : '',
      arrival && !taken ? how(arrival) : !arrival && choice.do === 'arrive' ? t('checkin.how.unplanned') : '',
      stale ? t('checkin.strength.stale') : t(`checkin.strength.${strength}`),
      isConfirmed(strength) ? '' : t('checkin.waits'),
    ]
    return { kind: isConfirmed(strength) ? 'admit' : 'note', title: t('checkin.done.in'), lines, strength }
  }

  function left({ stay, twins }: Ended): DoneWords {
    const stays = [stay, ...twins].map((one) => stayOf(book.value, one.fact.id) ?? one)
    const counted = countedOf(stays, (one) => turnOf(book.value, one), now.value)
    const minutes = [...counted.values()].reduce((sum, one) => sum + one.minutes, 0)
    const lines = [duration(minutes), t('checkin.done.thanks')]
    return { kind: 'admit', title: t('checkin.done.out'), lines, strength: null }
  }

  return computed(() => {
    const done = of()
    if (!done) return null
    const { meaning, drafts } = done
    const words = drafts.some(({ kind }) => kind === 'checkIn')
      ? arrived(done)
      : meaning.is === 'leave'
        ? left(meaning)
        : { kind: 'note' as const, title: t('checkin.done.already'), lines: [], strength: null }
    return { ...words, lines: words.lines.filter(Boolean) }
  })
}
