/** Numbers that look random and are the same for the same seed. Not for secrets. */
export interface Dice {
  /** 0 ≤ x < 1 */
  next(): number
  /** A whole number, both ends included. */
  between(min: number, max: number): number
  chance(probability: number): boolean
  pick<T>(from: readonly [T, ...T[]]): T
  /** A UUIDv7 whose time part is `at`, ms. */
  uuid(at: number): string
}

/** Mulberry32: 32 bits of state are plenty for a sample. */
const mulberry = (seed: number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), state | 1)
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61)
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32
  }
}

const uuidText = (at: number, hex: (digits: number) => string): string => {
  const time = Math.max(0, Math.trunc(at)).toString(16).padStart(12, '0')
  const variant = (8 + (Number.parseInt(hex(1), 16) % 4)).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8, 12)}-7${hex(3)}-${variant}${hex(3)}-${hex(6)}${hex(6)}`
}

export function dice(seed: number): Dice {
  const next = mulberry(seed)
  const between = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  const hex = (digits: number) =>
    between(0, 16 ** digits - 1)
      .toString(16)
      .padStart(digits, '0')
  return {
    next,
    between,
    chance: (probability) => next() < probability,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    uuid: (at) => uuidText(at, hex),
  }
}

/** Like Array.map with an index only. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))
