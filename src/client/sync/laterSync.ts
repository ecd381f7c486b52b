import type { Answer, Calls } from './calls.ts'
import type { Sync, SyncOptions } from './engine.ts'
import { watchStatus } from './watch.ts'

/** Code that did not come is asked for again after so long, ms. */
export const codeAgainMs = 30_000

/** Calls of code that comes when one is asked for; without it there is no answer. */
function laterCalls(calls: () => Promise<Calls>): Calls {
  const ask = async <T>(call: (calls: Calls) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const known = await calls().catch(() => null)
    return known ? call(known) : { ok: false, problem: 'offline' }
  }
  return {
    preview: (token) => ask((known) => known.preview(token)),
    enrol: (input) => ask((known) => known.enrol(input)),
    invite: (request) => ask((known) => known.invite(request)),
    installs: () => ask((known) => known.installs()),
    status: () => ask((known) => known.status()),
    bulkReads: () => ask((known) => known.bulkReads()),
    revoke: (install) => ask((known) => known.revoke(install)),
    withdraw: (invitation) => ask((known) => known.withdraw(invitation)),
    quarantine: () => ask((known) => known.quarantine()),
    review: (id, decision) => ask((known) => known.review(id, decision)),
    cards: (members) => ask((known) => known.cards(members)),
    exportGate: (query) => ask((known) => known.exportGate(query)),
    exportDuty: (table, query) => ask((known) => known.exportDuty(table, query)),
    leave: () =>
      calls().then(
        (known) => known.leave(),
        () => 'failed' as const,
      ),
    relay: async () => (await calls()).relay(),
    guards: async () => (await calls()).guards(),
  }
}

/**
 * Sync whose code comes when it starts or is first asked for: what is on the phone is shown without it. Where it does
 * not come, it is asked for again, by itself too: nobody has to press anything for entries to be sent.
 */
export function createLaterSync(
  options: Omit<SyncOptions, 'watch'>,
  code = () => import('./engine.ts'),
): Sync {
  const watch = watchStatus(options)
  let coming: Promise<Sync> | null = null
  let [starting, stopped] = [false, false]

  async function bring(): Promise<Sync> {
    const { createSync } = await code()
    return createSync({ ...options, watch })
  }
  function engine(): Promise<Sync> {
    coming ??= bring().catch((cause: unknown) => {
      coming = null
      throw cause
    })
    return coming
  }

  async function start(): Promise<void> {
    if (starting) return
    starting = true
    const sync = await engine().catch(() => null)
    starting = sync !== null
    if (stopped) return
    if (sync) sync.start()
    else options.platform.timers.after(codeAgainMs, () => void start())
  }

  function tryNow(): void {
    void start().then(() => coming?.then((sync) => sync.control.tryNow()))
  }

  return {
    control: { status: watch.status, tryNow, dismiss: watch.dismiss },
    calls: laterCalls(async () => (await engine()).calls),
    start: () => void start(),
    stop() {
      stopped = true
      watch.stop()
      void coming?.then((sync) => sync.stop())
    },
  }
}
