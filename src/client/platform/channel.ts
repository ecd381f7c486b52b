/** Messages between the tabs of one origin. A sender hears its own messages too: one path for both. */
export interface Channel<T> {
  tell(message: T): void
  listen(hear: (message: T) => void): () => void
  close(): void
}

/**
 * A listener that breaks is reported like every uncaught error, and breaks neither the others nor whoever tells: an
 * entry that was stored must never be called *not saved* because a screen could not draw it.
 */
function undisturbed(listen: () => void) {
  try {
    listen()
  } catch (cause) {
    queueMicrotask(() => {
      throw cause
    })
  }
}

/** The part that is the same everywhere: listeners in this tab, `carry` takes a message to the others. */
export function createChannel<T>(carry: (message: T) => void, close: () => void) {
  const listeners = new Set<(message: T) => void>()
  let closed = false
  const hear = (message: T) => {
    for (const listener of [...listeners]) undisturbed(() => listener(message))
  }
  const channel: Channel<T> = {
    tell: (message) => {
      if (closed) return
      carry(message)
      hear(message)
    },
    listen: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => {
      listeners.clear()
      closed = true
      close()
    },
  }
  return { channel, hear }
}

/** A tab hears only itself. */
export const tabChannel = <T>(): Channel<T> =>
  createChannel<T>(
    () => undefined,
    () => undefined,
  ).channel

/** By BroadcastChannel; where there is none, a tab hears only itself. `read` refuses what another version sent. */
export function broadcastChannel<T>(name: string, read: (data: unknown) => T | null): Channel<T> {
  if (typeof BroadcastChannel === 'undefined') return tabChannel()
  const wire = new BroadcastChannel(name)
  const { channel, hear } = createChannel<T>(
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel has no target
    (message) => wire.postMessage(message),
    () => wire.close(),
  )
  wire.onmessage = ({ data }: MessageEvent<unknown>) => {
    const message = read(data)
    if (message !== null) hear(message)
  }
  return channel
}
