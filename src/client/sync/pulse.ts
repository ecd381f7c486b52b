import type { Channel } from '../platform/channel.ts'
import type { Note } from '../store/notes.ts'

/** How the leading tab's contact goes; told to all tabs. */
export interface Pulse {
  sending: boolean
  /** The last attempt reached the centre. */
  reached: boolean
  /** Somebody else answered in its place: a captive portal, a proxy. */
  stranger: boolean
  /** The phone had no room for what is new, or for what was to be noted of what was sent. */
  full: boolean
}

export interface Heart {
  /** Changes and tells the pulse. */
  tell(change: Partial<Pulse>): void
  /** Says again that this tab is alive. */
  beat(): void
}

export function createHeart(channel: Channel<Note>, online: boolean): Heart {
  let pulse: Pulse = { sending: false, reached: online, stranger: false, full: false }
  const beat = () => channel.tell({ topic: 'beat', ...pulse })
  return {
    tell(change) {
      const next = { ...pulse, ...change }
      const same = next.sending === pulse.sending && next.reached === pulse.reached
      if (same && next.stranger === pulse.stranger && next.full === pulse.full) return
      pulse = next
      beat()
    },
    beat,
  }
}
