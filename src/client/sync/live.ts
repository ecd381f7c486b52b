import * as v from 'valibot'
import { paths, Poke } from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import { TransportFailed } from '../platform/transport.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'

/** A stream that says nothing for so long is dead ([EV3]). */
export const silentAfterMs = 45_000

/** The pokes among the lines of a stream; comments and what is no poke are passed over. */
export function readPokes(lines: readonly string[]): Poke[] {
  return lines.flatMap((line) => {
    const poke = line.startsWith('data:') ? v.safeParse(Poke, parseJson(line.slice(5).trim())) : null
    return poke?.success ? [poke.output] : []
  })
}

/** One life of the stream: resolves when it has ended, for whatever reason. `onOpen` is told when it stands. */
export async function listenOnce(
  { platform }: SyncDeps,
  ask: Ask,
  on: { open: () => void; poke: (poke: Poke) => void },
  signal: AbortSignal,
): Promise<Trouble | { ok: true }> {
  const life = new AbortController()
  const end = () => life.abort()
  signal.addEventListener('abort', end)
  let cancel = platform.timers.after(silentAfterMs, end)
  const heard = () => {
    cancel()
    cancel = platform.timers.after(silentAfterMs, end)
  }
  try {
    const stream = await ask.stream({ path: paths.events, signed: true, signal: life.signal })
    if (!stream.ok) return stream
    on.open()
    let rest = ''
    for await (const chunk of stream.chunks) {
      heard()
      const lines = (rest + chunk).split(/\r?\n/)
      rest = lines.pop() ?? ''
      for (const poke of readPokes(lines)) on.poke(poke)
    }
    return { ok: true }
  } catch (cause) {
    if (cause instanceof TransportFailed) return { ok: true }
    throw cause
  } finally {
    cancel()
    signal.removeEventListener('abort', end)
  }
}
