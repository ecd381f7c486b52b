import { useText } from '../../i18n/index.ts'
import { useSpan } from '../../ui/useSpan.ts'
import {
  elsewhereQuestion,
  forgottenQuestion,
  leaveQuestion,
  type Asking,
  type Of,
  type Option,
  type Question,
} from './question.ts'
import type { Understood } from './useSignIn.ts'
import { useCheckIns } from './useCheckIns.ts'

const swap = ({ turn, absent }: Of<'swap'>, { t, span }: Asking): Question => ({
  title: t('checkin.ask.whose'),
  text: span(turn.body.starts, turn.body.ends),
  options: [
    ...absent.map((seat): Option => ({ label: seat.name, choice: { do: 'instead', seat } })),
    { label: t('checkin.ask.nobodys'), choice: { do: 'arrive' } },
  ],
})

const joining = ({ turn }: Of<'join'>, { t, span }: Asking): Question => ({
  title: t('checkin.ask.join'),
  text: span(turn.body.starts, turn.body.ends),
  options: [
    { label: t('checkin.ask.take'), choice: { do: 'take' } },
    { label: t('checkin.ask.help'), choice: { do: 'arrive' } },
  ],
})

const wrongPost = ({ turn }: Of<'wrongPost'>, { t, span, postName }: Asking): Question => ({
  title: t('checkin.ask.wrongPost', { post: postName(turn.body.post) }),
  text: span(turn.body.starts, turn.body.ends),
  options: [
    { label: t('checkin.ask.goThere'), choice: 'none' },
    { label: t('checkin.ask.hereAllTheSame'), choice: { do: 'arrive' } },
  ],
})

const stale = ({ t }: Asking): Question => ({
  title: t('checkin.ask.stale'),
  text: t('checkin.ask.staleText'),
  options: [
    { label: t('checkin.ask.scanAgain'), choice: 'again' },
    { label: t('checkin.ask.allTheSame'), choice: { do: 'arrive' } },
  ],
})

function ask({ meaning }: Understood, asking: Asking): Question {
  switch (meaning.is) {
    case 'leave':
      return leaveQuestion(meaning, asking)
    case 'forgotten':
      return forgottenQuestion(meaning, asking)
    case 'elsewhere':
      return elsewhereQuestion(meaning, asking)
    case 'swap':
      return swap(meaning, asking)
    case 'join':
      return joining(meaning, asking)
    case 'wrongPost':
      return wrongPost(meaning, asking)
    case 'arrive':
    case 'already':
      return stale(asking)
  }
}

/** The one question of a scan that was understood, in words. */
export function useQuestion(): (understood: Understood) => Question {
  const { t, date } = useText()
  const span = useSpan()
  const { zone, exact, post } = useCheckIns()
  const postName = (id: string): string => post(id)?.body.name ?? t('checkin.somePost')
  return (understood) => ask(understood, { t, date, span, postName, zone: zone.value, now: exact() })
}
