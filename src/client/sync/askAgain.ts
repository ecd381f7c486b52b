import { getMeta, putMeta } from '../store/database.ts'
import type { Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { nextInQuestion, type Parcel } from './parcel.ts'

type Pushed = { ok: true } | Trouble

/** What needs a hand is asked about this often, and when what this phone holds has changed. */
export const askAgainEveryMs = 60 * 60_000
/** Looked this often whether that is due: it was last asked at another time than the one at which whoever leads began to. */
export const askAgainLookMs = 60_000

export interface AskAgain {
  /** An hour may have passed, or the scope has changed. */
  due(): void
  /** Offers pages again whose entries need a hand, where that is due ([PU7]). */
  run(signal: AbortSignal): Promise<Pushed>
}

/** `send` sends a parcel and takes the answer to heart; `most`: pages that go into one now. */
export function createAskAgain(
  { open }: Pick<SyncDeps, 'open'>,
  send: (parcel: Parcel, signal: AbortSignal) => Promise<Pushed>,
  most: () => number,
): AskAgain {
  const { db, keeper } = open
  let due = true

  /** Of several tabs and starts in one hour, one asks. */
  async function takeTurn(): Promise<boolean> {
    const asked = await getMeta(db, 'asked')
    const now = keeper.now()
    // Noted at a time that is still to come: by a clock that was set back since.
    if (asked && asked.at <= now && now - asked.at < askAgainEveryMs) return false
    await putMeta(db, { asked: { at: now } })
    return true
  }

  async function offer(signal: AbortSignal): Promise<Pushed> {
    let parcel = await nextInQuestion({ open }, 0, most())
    while (parcel && !signal.aborted) {
      const pushed = await send(parcel, signal)
      if (!pushed.ok) return pushed
      parcel = await nextInQuestion({ open }, parcel.pages.at(-1)?.p ?? 0, most())
    }
    return { ok: true }
  }

  return {
    due: () => {
      due = true
    },
    async run(signal) {
      if (!due) return { ok: true }
      due = false
      if (!(await takeTurn())) return { ok: true }
      const pushed = await offer(signal)
      if (pushed.ok && !signal.aborted) return pushed
      due = true
      await db.meta.delete('asked')
      return pushed
    },
  }
}
