export interface Random {
  /** At least 0, below 1. */
  unit(): number
  bytes(count: number): Uint8Array<ArrayBuffer>
}

export const systemRandom: Random = {
  unit: () => Math.random(),
  bytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
}
