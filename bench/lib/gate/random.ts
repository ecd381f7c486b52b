export type Random = () => number

/** A small seeded generator (mulberry32), 0 ≤ x < 1: the same entries in every run and at both ends. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export const whole = (random: Random, below: number): number => Math.floor(random() * below)

export function pick<T>(random: Random, list: readonly T[]): T {
  const found = list[whole(random, list.length)]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}

/** UUIDv7 for a time in ms, from the seeded generator. */
export function uuidv7(ms: number, random: Random): string {
  const time = Math.floor(ms).toString(16).padStart(12, '0')
  const tail = Array.from({ length: 10 }, () => whole(random, 256))
  tail[0] = 0x70 | ((tail[0] ?? 0) & 0x0f)
  tail[2] = 0x80 | ((tail[2] ?? 0) & 0x3f)
  const hex = time + tail.map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
