import { cameAt, type Stay } from '../../../domain/rules/duty/book.ts'
import type { Choice } from '../../../domain/rules/duty/records.ts'
import { clockOf } from '../../../domain/rules/duty/said.ts'
import type { Ended, Meaning } from '../../../domain/rules/duty/understand.ts'
import type { Text } from '../../i18n/index.ts'

export interface Option {
  label: string
  /** `none`: nothing is written down. `again`: nor is it, and the next code is looked for. */
  choice: Choice | 'none' | 'again'
}

/** One large question with its answers; the first is the likeliest and the filled one. */
export interface Question {
  title: string
  text?: string
  options: readonly Option[]
  /** A time may be told instead: between these, corrected ms. */
  time?: { label: string; from: number; to: number; first: string; choice: (left: number) => Choice }
}

/** What the words of a question are made of. */
export interface Asking extends Pick<Text, 't' | 'date'> {
  /** From when to when, ms. */
  span(starts: number, ends: number): string
  postName(post: string): string
  zone: string
  /** Corrected ms. */
  now: number
}

export type Of<K extends Meaning['is']> = Extract<Meaning, { is: K }>

const since = (stay: Stay, { date }: Asking): string => date(cameAt(stay), 'dayTime')

/** Who is there twice was not signed in by their own hand alone, and wonders. */
const hereSince = ({ stay, twins }: Ended, asking: Asking): string => {
  const { t } = asking
  const text = t('checkin.ask.hereSince', { time: since(stay, asking) })
  return twins.length > 0 ? `${text} · ${t('checkin.ask.twice')}` : text
}

const leftEarlier = (
  stay: Stay,
  { t, now, zone }: Asking,
  choice: (left: number) => Choice,
  first = now,
) => ({ label: t('checkin.ask.leftAt'), from: cameAt(stay), to: now, first: clockOf(first, zone), choice })

function closedQuestion(stay: Stay, closedAt: number, asking: Asking): Question {
  const { t, date } = asking
  const time = date(closedAt, 'time')
  return {
    title: t('checkin.ask.whenLeft'),
    text: t('checkin.ask.closedText', { time }),
    options: [
      { label: t('checkin.ask.leaveNow'), choice: { do: 'leave' } },
      { label: t('checkin.ask.asPlanned', { time }), choice: { do: 'leave', left: closedAt } },
    ],
    time: leftEarlier(stay, asking, (left) => ({ do: 'leave', left }), closedAt),
  }
}

export function leaveQuestion(meaning: Of<'leave'>, asking: Asking): Question {
  const { stay, next, closedAt } = meaning
  const { t, span } = asking
  if (closedAt !== undefined) return closedQuestion(stay, closedAt, asking)
  const now: Option = { label: t('checkin.ask.leaveNow'), choice: { do: 'leave' } }
  const stays: Option = { label: t('checkin.ask.stay'), choice: 'none' }
  const rest = {
    text: hereSince(meaning, asking),
    time: leftEarlier(stay, asking, (left) => ({ do: 'leave', left })),
  }
  if (!next) return { title: t('checkin.ask.leave'), options: [now, stays], ...rest }
  const turn = span(next.body.starts, next.body.ends)
  const goOn: Option = { label: t('checkin.ask.goOn', { turn }), choice: { do: 'goOn' } }
  return { title: t('checkin.ask.leaveOrGoOn'), options: [goOn, now, stays], ...rest }
}

export function forgottenQuestion({ stay, closedAt }: Of<'forgotten'>, asking: Asking): Question {
  const { t, date, postName } = asking
  const params = { post: postName(stay.body.post), time: since(stay, asking) }
  const later: Option = { label: t('checkin.ask.later'), choice: { do: 'arrive' } }
  const planned: Option[] =
    closedAt === null || stay.body.shift === undefined
      ? []
      : [
          {
            label: t('checkin.ask.asPlanned', { time: date(closedAt, 'dayTime') }),
            choice: { do: 'said', left: closedAt },
          },
        ]
  return {
    title: t('checkin.ask.whenLeftThere', params),
    text: t('checkin.ask.forgottenText', params),
    options: [...planned, later],
    time: leftEarlier(stay, asking, (left) => ({ do: 'said', left }), closedAt ?? cameAt(stay)),
  }
}

export function elsewhereQuestion(meaning: Of<'elsewhere'>, asking: Asking): Question {
  const { stay } = meaning
  const { t, now, postName } = asking
  return {
    title: t('checkin.ask.elsewhere', { post: postName(stay.body.post) }),
    text: hereSince(meaning, asking),
    options: [
      { label: t('checkin.ask.move'), choice: { do: 'move', left: now } },
      { label: t('checkin.ask.both'), choice: { do: 'both' } },
    ],
    time: leftEarlier(stay, asking, (left) => ({ do: 'move', left })),
  }
}
