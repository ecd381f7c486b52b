import type { PlaceId } from '../../domain/ids.ts'
import type { ReviewRequest, Scope } from '../../protocol/api.ts'
import { done, refused, type Outcome } from './outcome.ts'
import type { Storage } from '../storage/storage.ts'
import { entriesIn, readPush, storeCounts, storePush, type Push, type Pushed, type Told } from './accept.ts'
import { Batch } from './batch.ts'
import type { Centre } from './centre.ts'
import type { Pokes } from './pokes.ts'
import { pull, type PullRequest } from './pull.ts'
import { signReceipt, type SignedReceipt } from './receipts.ts'
import { answerParcel } from './relay.ts'
import { review } from './review.ts'
import { scope, type Holder } from './scope.ts'
import { isPlain, readAhead, storeTogether } from './together.ts'
import { InstallGone, Senders } from './senders.ts'
import { figuresOf, nobody, type Watch } from './watch.ts'
import type { CamePage } from './wirePages.ts'

export interface SyncParts {
  storage: Storage
  centre: Pick<Centre, 'epoch' | 'sign' | 'sealKey' | 'open'>
  pokes: Pokes
  /** The centre's time, ms. */
  now: () => number
  watch?: Watch
}

/** An enrolled phone that calls, with its member's grants as they stand now. */
export interface Caller extends Holder {
  community: PlaceId
}

/** What the wire asks of sync. Who calls was settled before; what they may is asked here. `now`: ms. */
export interface Sync {
  /** `pages`: null where a request's body could not be read as pages. */
  accept(pages: readonly CamePage[] | null, told: Told, now: number): Promise<Outcome<SignedReceipt>>
  /** A parcel that another phone has brought; answers the sealed receipt ([RL4]). */
  carry(parcel: string, now: number): Promise<Outcome<string>>
  pull(caller: Caller, request: PullRequest, now: number): Promise<Outcome<string>>
  /** `cursors`: what came after them comes with it ([SC4]). */
  scope(caller: Caller, now: number, cursors?: readonly string[]): Promise<Scope>
  review(caller: Caller, id: number, decision: ReviewRequest['decision'], now: number): Promise<Outcome<null>>
}

export function createSync({ storage, centre, pokes, now, watch = nobody }: SyncParts): Sync {
  const batch = new Batch<Push, Pushed>(storage, storePush, storeCounts, entriesIn, {
    takes: isPlain,
    ahead: readAhead,
    work: storeTogether,
  })
  const senders = new Senders(storage)
  /** Null where the phone that was remembered is not in the database (any more). */
  const stored = async (push: Push): Promise<Pushed | null> => {
    try {
      return await batch.add(push)
    } catch (error) {
      if (!(error instanceof InstallGone)) throw error
      senders.forget(error.install)
      return null
    }
  }
  const accept: Sync['accept'] = async (pages, told, at) => {
    const began = performance.now()
    const push = await readPush(senders, pages, told, at)
    if (!push.ok) return push
    const pushed = await stored(push.value)
    if (!pushed) return refused('install-unknown')
    watch.pushed(figuresOf(pushed), performance.now() - began)
    tell(pokes, pushed)
    return done(signReceipt(pushed, centre.epoch, now(), centre.sign))
  }
  return {
    accept,
    carry: (parcel, at) => answerParcel(centre.open, parcel, (pages) => accept(pages, nothingTold, at)),
    pull: ({ install, grants }, request, at) =>
      pull(storage, centre.epoch, { install: install.id, grants }, request, at),
    scope: (caller, at, cursors) => scope(storage, centre, caller, at, cursors),
    review: async (caller, id, decision, at) => {
      const result = await storage.write((tx) => review(tx, id, decision, caller, at))
      if (!result.ok) return result
      for (const { id: logbook, head } of await storage.logbooks(result.value))
        pokes.publish({ logbook, seq: head })
      pokes.publish({ scope: true })
      return done(null)
    },
  }
}

/** What a carrier says of itself says nothing about the phone whose pages it brings ([RL3]). */
const nothingTold: Told = { sentAt: null, unsent: null, app: null }

/** Told only after the commit: whoever asks then finds it. */
function tell(pokes: Pokes, { pages, heads }: Pushed): void {
  const changed = new Set(
    pages.filter((page) => page.receipt.status !== 'duplicate').flatMap((page) => page.logbooks),
  )
  for (const logbook of changed) pokes.publish({ logbook, seq: heads[logbook] ?? 0 })
  if (pages.some((page) => page.scope)) pokes.publish({ scope: true })
}
