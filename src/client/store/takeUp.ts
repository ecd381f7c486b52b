import type { Fact } from '../../domain/entry.ts'
import { breathe } from '../platform/breath.ts'

/** So many facts are taken up before a press may be answered. */
const slice = 60

export interface Taking {
  /** Begins to follow; the answer ends it. */
  follow(onFacts: (facts: Fact[]) => void): () => void
  /** Puts facts into the book. */
  absorb(facts: readonly Fact[]): void
  /** The book has changed. */
  shown(): void
}

/** Many facts piece by piece, oldest first, so that the screen answers meanwhile. */
async function absorbMany(
  facts: readonly Fact[],
  absorb: Taking['absorb'],
  left: () => boolean,
): Promise<void> {
  const inOrder = [...facts].sort((a, b) => a.at - b.at)
  for (let i = 0; i < inOrder.length && !left(); i += slice) {
    if (i > 0) await breathe()
    absorb(inOrder.slice(i, i + slice))
  }
}

/** Facts of one logbook into a book in memory, as they come. The answer ends it. */
export function takeUp({ follow, absorb, shown }: Taking): () => void {
  let left = false
  let filling: Promise<void> | null = null
  const hear = (facts: Fact[]): void => {
    if (!filling && facts.length <= slice) {
      absorb(facts)
      shown()
      return
    }
    const mine = (filling ?? Promise.resolve()).then(() => absorbMany(facts, absorb, () => left))
    filling = mine
    void mine.then(() => {
      if (filling === mine) filling = null
      if (!left) shown()
    })
  }
  const stop = follow(hear)
  return () => {
    left = true
    stop()
  }
}
