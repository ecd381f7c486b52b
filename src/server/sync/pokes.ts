import type { Poke } from '../../protocol/api.ts'

/** Tells whoever listens that something is new. Saves waiting; nothing depends on it ([EV2]). */
export interface Pokes {
  publish(poke: Poke): void
  /** Answers the function that ends it. */
  subscribe(listener: (poke: Poke) => void): () => void
}

/** Pokes within one process. Where several serve one database, a driver that reaches the others takes its place. */
export function localPokes(): Pokes {
  const listeners = new Set<(poke: Poke) => void>()
  return {
    publish: (poke) => {
      for (const listener of listeners) listener(poke)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
