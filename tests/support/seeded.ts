/** A repeatable series of numbers below 1 (Lehmer, MINSTD), so that a failing run can be run again. */
export function seeded(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}
