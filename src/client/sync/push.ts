import type { LogbookId } from '../../domain/ids.ts'
import { paths } from '../../protocol/api.ts'
import { pushMaxPages } from '../../protocol/page.ts'
import { getMeta } from '../store/database.ts'
import type { Outgoing } from '../store/pages.ts'
import { settleReceipt, type Settled } from '../store/receipts.ts'
import { mendStanding } from '../store/tend.ts'
import { turnEpoch } from '../store/turns.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { nextParcel, type Parcel } from './parcel.ts'
import { readReceipt } from './receive.ts'

/** Pages a request starts with: half the most, so that one is sealed and packed while another is on its way. */
const pagesAtOnce = 25

export type Pushed = { ok: true } | Trouble

export interface PushEvents {
  /** There is something to send. */
  work: () => void
  /** Own documents have arrived at the centre: the logbook's head, so that they are pulled as they stand there. */
  head: (logbook: LogbookId, seq: number) => void
}

export interface Pusher {
  /** There may be a network again: packs as much as goes into a request. */
  hope(): void
  /** Sends everything there is to send. */
  run(signal: AbortSignal): Promise<Pushed>
}

/** Takes a reply to heart, if it is the centre's receipt for these pages. */
async function settle(
  { open }: SyncDeps,
  on: PushEvents,
  pages: readonly Outgoing[],
  reply: Parameters<typeof readReceipt>[0],
): Promise<Pushed> {
  const { db, keeper, channel } = open
  const centre = await getMeta(db, 'centre')
  const receipt = centre && (await readReceipt(reply, centre.serverKey))
  if (!receipt) return { ok: false, problem: 'not-gatepost' }
  if (receipt.epoch !== centre.epoch && (await turnEpoch(db, receipt.epoch)))
    channel.tell({ topic: 'identity' })
  const settled: Settled = await settleReceipt(db, receipt, pages, keeper.corrected())
  if (settled.forked) await mendStanding(db, { renew: 'renewed' })
  channel.tell({ topic: 'sent' })
  for (const logbook of settled.documents) on.head(logbook, receipt.heads[logbook] ?? 0)
  return settled.pages > 0 ? { ok: true } : { ok: false, problem: 'not-gatepost' }
}

export function createPusher(deps: SyncDeps, ask: Ask, on: PushEvents): Pusher {
  const { db } = deps.open
  let most = pagesAtOnce
  // Without a network each attempt is a single page: a tap must not pay for packing what can't go anyway.
  let probing = false
  let hoped = false
  const pack = (afterP: number) => nextParcel(deps, afterP, probing ? 1 : most)

  async function send({ pages, packed }: Parcel, signal: AbortSignal): Promise<Pushed> {
    const asked = await ask({
      method: 'POST',
      path: paths.push,
      body: packed.bytes,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        ...(packed.encoding ? { 'content-encoding': packed.encoding } : {}),
      },
      signal,
    })
    if (asked.ok) return settle(deps, on, pages, asked.reply)
    return asked
  }

  /** [PU11]: half as many at a time; each success afterwards allows one more. */
  const adapt = (pushed: Pushed, sent: number) => {
    probing = !hoped && !pushed.ok && (pushed.problem === 'offline' || pushed.problem === 'not-gatepost')
    if (pushed.ok) most = Math.min(pushMaxPages, Math.max(most, Math.min(most + 1, pagesAtOnce)))
    else if (pushed.problem === 'too-large') most = Math.max(1, Math.floor(sent / 2))
  }

  return {
    hope: () => {
      probing = false
      hoped = true
    },
    async run(signal) {
      hoped = false
      let parcel = await pack(0)
      while (parcel && !signal.aborted) {
        on.work()
        const sent: Parcel = parcel
        const ahead = pack(sent.pages.at(-1)?.p ?? 0).catch(() => null)
        const pushed = await send(sent, signal)
        const following = await ahead
        adapt(pushed, sent.pages.length)
        if (!pushed.ok && (pushed.problem !== 'too-large' || sent.pages.length === 1)) return pushed
        const forked = (await getMeta(db, 'standing'))?.renew
        if (forked) return { ok: true }
        // After a failure or a new epoch, earlier pages wait again: look from the beginning.
        parcel = pushed.ok && following ? following : await pack(0)
      }
      return { ok: true }
    },
  }
}
