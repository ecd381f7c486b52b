import { paths } from '../../protocol/api.ts'
import type { Ask, Asked, Trouble } from './ask.ts'
import { createAskAgain } from './askAgain.ts'
import type { SyncDeps } from './deps.ts'
import { nextParcel, type Parcel } from './parcel.ts'
import { settle, type PushEvents, type Settlement } from './settle.ts'
import { createSizes } from './sizes.ts'

export type Pushed = { ok: true } | Trouble

export interface Pusher {
  /** There may be a network again: packs as much as goes into a request. */
  hope(): void
  /** The centre may have taken what needed a hand: the next run asks, at most once an hour ([PU7]). */
  askAgain(): void
  /** Sends everything there is to send. */
  run(signal: AbortSignal): Promise<Pushed>
}

const request = (ask: Ask, { packed }: Parcel, signal: AbortSignal): Promise<Asked> =>
  ask({
    method: 'POST',
    path: paths.push,
    body: packed.bytes,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      ...(packed.encoding ? { 'content-encoding': packed.encoding } : {}),
    },
    signal,
  })

export function createPusher(deps: SyncDeps, ask: Ask, on: PushEvents): Pusher {
  const sizes = createSizes()
  const pack = (afterP: number) => nextParcel(deps, afterP, sizes.next(afterP === 0))

  /** What the reply to a request comes to; a failure is met where it is awaited. */
  function settling({ pages }: Parcel, asked: Asked): Promise<Settlement> {
    const settled = asked.ok ? settle(deps, on, pages, asked.reply) : Promise.resolve(asked)
    settled.catch(() => undefined)
    return settled
  }

  async function send(parcel: Parcel, signal: AbortSignal): Promise<Pushed> {
    on.work()
    return settling(parcel, await request(ask, parcel, signal))
  }
  const again = createAskAgain(deps, send, () => sizes.next(false).pages)

  return {
    hope: sizes.hope,
    askAgain: again.due,
    async run(signal) {
      sizes.begin()
      let parcel = await pack(0)
      // The receipt before is put away while the next request is on its way, and the one after is being packed.
      let before: Promise<Settlement> = Promise.resolve({ ok: true, renew: false })
      while (parcel && !signal.aborted) {
        on.work()
        const sent: Parcel = parcel
        const ahead = pack(sent.pages.at(-1)?.p ?? 0).catch(() => null)
        const asked = await request(ask, sent, signal)
        const now = settling(sent, asked)
        const earlier = await before
        const following: Parcel | null = await ahead
        const goesOn = earlier.ok && !earlier.renew && asked.ok && following
        before = goesOn ? now : Promise.resolve({ ok: true, renew: false })
        if (goesOn) {
          sizes.learn({ ok: true }, sent.pages.length)
          parcel = following
          continue
        }
        const last = await now
        sizes.learn(earlier.ok ? last : earlier, sent.pages.length)
        if (!earlier.ok) return earlier
        if (!last.ok && (last.problem !== 'too-large' || sent.pages.length === 1)) return last
        if (earlier.renew || (last.ok && last.renew)) return { ok: true }
        // After a failure or a new epoch, earlier pages wait again: look from the beginning.
        parcel = await pack(0)
      }
      return again.run(signal)
    },
  }
}
