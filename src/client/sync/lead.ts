import { repeat } from '../platform/timers.ts'
import { getMeta } from '../store/database.ts'
import type { Note } from '../store/notes.ts'
import { isFull } from '../store/trouble.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { asksLeader, beatEveryMs } from './leader.ts'
import { listenOnce } from './live.ts'
import { createLoop, type Loop, type Step } from './loop.ts'
import { createPuller, type Puller } from './puller.ts'
import { createHeart, type Heart } from './pulse.ts'
import { createPusher, type Pusher } from './push.ts'
import { deliver } from './relay/deliver.ts'
import { renew } from './renew.ts'
import { dropGone, isRefusal } from './scope.ts'
import { askAgainLookMs } from './askAgain.ts'
import { keepTidy } from './upkeep.ts'

/** A push or pull that takes longer has hung. Below the two minutes after which it must have been replaced. */
const hungAfterMs = 100_000
const scopeEveryMs = 60_000
/** A stream that stood this long ended for an ordinary reason and is opened again at once. */
const longLifeMs = 30_000

const failed = ({ problem, retryAfter }: Trouble): Step => ({
  failed: problem,
  ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter * 1000 }),
})

/** What the outcome of a call says about the contact. */
function tellContact(heart: Heart, outcome: { ok: true } | Trouble) {
  const problem = outcome.ok ? null : outcome.problem
  const stranger = problem === 'not-gatepost'
  heart.tell({ reached: problem !== 'offline' && !stranger, stranger })
}

interface PushParts {
  heart: Heart
  pusher: Pusher
  /** Set by the pusher when there was something to send. */
  worked: { now: boolean }
}

/** Tells where a part of the work, `name`, has no room on this phone: until it gets through, whatever the other does. */
function roomTeller(heart: Heart) {
  const full = new Set<string>()
  const tell = () => heart.tell({ full: full.size > 0 })
  return (name: string, step: (signal: AbortSignal) => Promise<Step>) => async (signal: AbortSignal) => {
    try {
      const done = await step(signal)
      if (typeof done === 'string') full.delete(name)
      return done
    } catch (cause) {
      if (isFull(cause)) full.add(name)
      throw cause
    } finally {
      tell()
    }
  }
}

/** One run of pushing, with a renewal before it where one is due. */
const pushStep =
  (deps: SyncDeps, ask: Ask, { heart, pusher, worked }: PushParts) =>
  async (signal: AbortSignal): Promise<Step> => {
    const { db, identity } = deps.open
    if (!identity.get()) return 'idle'
    worked.now = false
    try {
      const due = (await getMeta(db, 'standing'))?.renew
      // A renewal that fails does not keep entries from being sent: they are kept, flagged.
      if (due) await renew(deps, ask, due)
      const pushed = await pusher.run(signal)
      if (worked.now) tellContact(heart, pushed)
      if (!pushed.ok) return failed(pushed)
      // Then nothing has changed; who asks for a renewal meanwhile wakes this anew.
      if (!worked.now && !due) return 'idle'
      if (worked.now) await dropGone(deps)
      if (!(await getMeta(db, 'standing'))?.renew) return 'idle'
      return due ? { failed: 'renew' } : 'again'
    } finally {
      heart.tell({ sending: false })
    }
  }

/** `ended` is told each time, however it went. */
const pullStep =
  (deps: SyncDeps, heart: Heart, puller: Puller, ended: () => void) =>
  async (signal: AbortSignal): Promise<Step> => {
    if (!deps.open.identity.get()) return 'idle'
    const pulled = await puller.run(signal).finally(ended)
    // Where nothing was asked, nobody was reached.
    if (!pulled.ok || pulled.asked) tellContact(heart, pulled)
    return pulled.ok ? 'idle' : failed(pulled)
  }

const liveStep =
  (deps: SyncDeps, ask: Ask, puller: Puller, pull: Loop) =>
  async (signal: AbortSignal): Promise<Step> => {
    if (!deps.open.identity.get()) return 'idle'
    const openedAt = deps.platform.clock.mono()
    const askScope = () => {
      puller.scopeDue()
      pull.wake()
    }
    const poke: Parameters<typeof listenOnce>[2]['poke'] = (poke) => {
      puller.poke(poke)
      pull.wake()
    }
    const ended = await listenOnce(deps, ask, { open: askScope, poke }, signal)
    // Who is revoked learns it at once, seen or not ([AU3]).
    if (!ended.ok && isRefusal(ended)) askScope()
    if (!ended.ok) return failed(ended)
    return deps.platform.clock.mono() - openedAt > longLifeMs ? 'again' : { failed: 'stream ended' }
  }

/** On a shared phone also what its other guards have left; the code for it comes when it is needed. */
const tendOthers = async (deps: SyncDeps, ask: Ask, signal: AbortSignal): Promise<{ ok: true } | Trouble> =>
  (await import('./guards/courier.ts')).tendOthers(deps, ask, signal)

/** Other phones' parcels go when there is contact, beside one's own pages. */
const carryStep =
  (deps: SyncDeps, ask: Ask) =>
  async (signal: AbortSignal): Promise<Step> => {
    const delivered = await deliver(deps, ask, signal)
    const others = deps.guards?.seat.shared() ? await tendOthers(deps, ask, signal) : delivered
    const trouble = [delivered, others].find(({ ok }) => !ok)
    return trouble && !trouble.ok ? failed(trouble) : 'idle'
  }

interface Loops {
  push: Loop
  carry: Loop
  pull: Loop
  live: Loop
  puller: Puller
  pusher: Pusher
}

/** Push and pull don't wait for one another. */
function makeLoops(deps: SyncDeps, ask: Ask, heart: Heart): Loops {
  const { timers, random } = deps.platform
  const loop = (step: (signal: AbortSignal) => Promise<Step>, hungMs: number | null) =>
    createLoop({ timers, random, step, hungAfterMs: hungMs })
  const puller = createPuller(deps, ask)
  // What is new comes first; the stream that tells of more follows the first pull.
  let listening = false
  const listen = () => {
    if (!listening) live.wake()
    listening = true
  }
  const inRoom = roomTeller(heart)
  const pull = loop(inRoom('pull', pullStep(deps, heart, puller, listen)), hungAfterMs)
  const live = loop(liveStep(deps, ask, puller, pull), null)
  const worked = { now: false }
  const pusher = createPusher(deps, ask, {
    work: () => {
      worked.now = true
      heart.tell({ sending: true })
    },
    head: (logbook, seq) => {
      puller.poke({ logbook, seq })
      pull.wake()
    },
  })
  const push = loop(inRoom('push', pushStep(deps, ask, { heart, pusher, worked })), hungAfterMs)
  // Each parcel has a time limit of its own, by its size.
  const carry = loop(carryStep(deps, ask), null)
  return { push, carry, pull, live, puller, pusher }
}

/** What each note means for the loops. */
const answer =
  ({ push, carry, pull, live, puller, pusher }: Loops, heart: Heart) =>
  ({ topic }: Note) => {
    if (asksLeader(topic)) heart.beat()
    if (topic === 'own') push.wake()
    if (topic === 'now') puller.scopeDue()
    if (topic === 'now') pusher.hope()
    if (topic === 'carried') carry.wake()
    if (topic === 'now') for (const one of [push, carry, pull, live]) one.urge()
    if (topic === 'identity') pusher.askAgain()
    if (topic === 'identity') for (const one of [push, pull, live]) one.wake()
  }

/** Leads: sends, pulls, listens and tidies until told to stop. */
export function lead(deps: SyncDeps, ask: Ask, until: AbortSignal): Promise<void> {
  const { timers, surroundings } = deps.platform
  const { channel } = deps.open
  const heart = createHeart(channel, surroundings.online())
  const loops = makeLoops(deps, ask, heart)
  const poll = () => {
    if (!surroundings.visible()) return
    loops.puller.scopeDue()
    loops.pull.wake()
  }
  const askAgain = () => {
    loops.pusher.askAgain()
    loops.push.wake()
  }
  const ends = [
    channel.listen(answer(loops, heart)),
    repeat(timers, beatEveryMs, heart.beat),
    keepTidy(deps),
    repeat(timers, askAgainLookMs, askAgain),
    repeat(timers, scopeEveryMs, poll),
  ]
  heart.beat()
  const { push, carry, pull, live } = loops
  for (const one of [pull, push, carry]) one.wake()
  return new Promise((done) => {
    const stop = () => {
      for (const end of ends) end()
      for (const one of [push, carry, pull, live]) one.stop()
      done()
    }
    if (until.aborted) stop()
    else until.addEventListener('abort', stop)
  })
}
