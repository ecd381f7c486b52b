import { useText } from '../../i18n/index.ts'
import type { Read } from './readCode.ts'

/** Why a code that was held up for a card signs nobody in, in a sentence. */
export function useCardWords(): (read: Read) => string {
  const { t, date } = useText()
  return (read) =>
    read.is === 'lostCard'
      ? t('checkin.read.lostCard', { date: date(read.since, 'dayTime') })
      : t(read.is === 'expiredCard' ? 'checkin.read.expiredCard' : 'checkin.read.noCard')
}
