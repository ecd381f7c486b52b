/** A stream of numbers that is the same for the same seed, everywhere. */
export interface Seeded {
  /** At least 0, below 1. */
  unit(): number
  /** A whole number from 0 to below `below`. */
  int(below: number): number
  chance(share: number): boolean
  pick<T>(from: readonly T[]): T
  bytes(count: number): Uint8Array<ArrayBuffer>
  /** A stream of its own, so that what one actor draws changes nothing for another. */
  fork(name: string): Seeded
}

const scramble = (seed: number, text: string): number => {
  let hash = seed ^ 0x9e3779b9
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x85ebca6b) ^ (hash >>> 13)
  return hash >>> 0
}

/** Mulberry32: 32 bits of state, good enough to spread faults. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const int = (below: number) => Math.floor(unit() * below)
  const pick = <T>(from: readonly T[]): T => {
    const one = from[int(from.length)]
    if (one === undefined) throw new Error('nothing to pick from')
    return one
  }
  return {
    unit,
    int,
    pick,
    chance: (share) => unit() < share,
    bytes: (count) => Uint8Array.from({ length: count }, () => int(256)),
    fork: (name) => seeded(scramble(seed, name)),
  }
}
