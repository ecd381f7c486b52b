import { entries } from './gate/entries.ts'
import * as limits from './limits/page.ts'
import type { Client, ClientModule, LocalModule, OpenOptions, Options } from './peer.ts'
import { answer, type Answer } from './rpc.ts'
import { w5 } from './w5.ts'

declare global {
  interface Window {
    bench: { answer(fn: string, args: readonly unknown[]): Promise<Answer> }
  }
}

/** Epoch based, so that two devices of one machine can be compared; ms. */
const now = () => performance.timeOrigin + performance.now()

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = now()
  await work()
  return now() - begun
}

type Where = Omit<OpenOptions, 'runtime'>

/** What a page can be asked; every figure is in ms unless its name says otherwise. */
function makeBench(peer: ClientModule, own: LocalModule) {
  let client: Client | undefined
  const mine = (): Client => {
    if (!client) throw new Error('not open')
    return client
  }
  const seen: { count: number; at: number }[] = []
  return {
    prepare: async (o: Where) => peer.prepare?.({ ...o, runtime: 'browser' }),
    open: (o: Where) => timed(async () => (client = await peer.open({ ...o, runtime: 'browser' }))),
    /** Stores n entries one by one, as at a gate. */
    put: (n: number, seed: number) =>
      timed(async () => {
        for (const entry of entries(n, seed)) await mine().put([entry])
      }),
    push: () => timed(() => mine().push()),
    pull: async (expect: number) => {
      const watch = watchHeap()
      const ms = await timed(() => mine().pull(expect))
      return { ms, peakHeapMb: watch.stop(), count: await mine().count() }
    },
    subscribe: async () => {
      seen.length = 0
      await mine().subscribe((count) => seen.push({ count, at: now() }))
      return mine().count()
    },
    /** Epoch ms at which the local store had n entries; looks for at most a minute. */
    until: (n: number) => until(() => seen.find(({ count }) => count >= n)?.at, n),
    /** Stores and sends; epoch ms at the start, ms until the server had acknowledged. */
    send: async (n: number, seed: number) => {
      const list = entries(n, seed)
      const begun = now()
      await mine().put(list)
      await mine().push()
      return { begun, acknowledgedMs: now() - begun }
    },
    count: () => mine().count(),
    close: () => mine().close(),
    w5: (n: number, opts: Options) => w5(own.local({ opts }), n),
    ...limits,
  }
}
export type Bench = ReturnType<typeof makeBench>

async function until(find: () => number | undefined, n: number): Promise<number> {
  for (const end = now() + 60_000; now() < end;) {
    const at = find()
    if (at !== undefined) return at
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  throw new Error(`never had ${n}`)
}

/** The largest JavaScript heap while something runs, MB; Chromium only. */
function watchHeap() {
  let peak = 0
  const look = () => {
    const memory: unknown = Reflect.get(performance, 'memory')
    const used: unknown = typeof memory === 'object' && memory ? Reflect.get(memory, 'usedJSHeapSize') : 0
    if (typeof used === 'number') peak = Math.max(peak, used)
  }
  const timer = setInterval(look, 20)
  return {
    stop: () => {
      clearInterval(timer)
      look()
      return peak / 1048576
    },
  }
}

export function install(peer: ClientModule, own: LocalModule): void {
  const bench = makeBench(peer, own)
  window.bench = { answer: (fn, args) => answer(bench, fn, args) }
}
