import type { TextKey } from '../../i18n/index.ts'
import type { SyncStatus } from '../../sync/status.ts'
import type { IconName } from '../../ui/icons.ts'

export interface Pill {
  icon: IconName
  tone: 'good' | 'wait' | 'bad' | 'soft'
  key: TextKey
  /** What is read aloud where the shape says more than the short word. */
  spoken?: TextKey
  /** The count in the words; shown where the words have one. */
  n: number
}

/** The state in one glance: shape, word and count. Nothing wrong is ever drawn as all right. */
export function pillOf(status: Pick<SyncStatus, 'state' | 'waiting' | 'attention' | 'others'>): Pill {
  const { state, attention, others } = status
  const waiting = status.waiting + others
  switch (state) {
    case 'sent':
      if (others > 0) return { icon: 'half', tone: 'wait', key: 'sync.pill.waiting', n: others }
      return { icon: 'ok', tone: 'good', key: 'sync.pill.sent', n: 0 }
    case 'waiting':
      return { icon: 'half', tone: 'wait', key: 'sync.pill.waiting', n: waiting }
    case 'sending':
      return { icon: 'half', tone: 'soft', key: 'sync.pill.sending', n: waiting }
    case 'offline':
      return waiting > 0
        ? { icon: 'off', tone: 'wait', key: 'sync.pill.waiting', spoken: 'sync.pill.offlineN', n: waiting }
        : { icon: 'off', tone: 'soft', key: 'sync.pill.offline', n: 0 }
    case 'attention':
      return { icon: 'ask', tone: 'wait', key: 'sync.pill.attention', n: attention }
    case 'full':
      return { icon: 'ask', tone: 'wait', key: 'sync.pill.full', n: 0 }
    case 'revoked':
      return { icon: 'no', tone: 'bad', key: 'sync.pill.revoked', n: 0 }
    case 'signed-out':
      return { icon: 'off', tone: 'soft', key: 'sync.pill.signed-out', n: 0 }
  }
}
