/** A clock off by more than this is told to its owner: the centre flags such entries. */
const toldAboveMs = 2 * 60_000

/** By how many whole minutes, and which way. Null while it is near enough or unknown. `off`: centre minus device, ms. */
export function clockNews(off: number | null): { minutes: number; fast: boolean } | null {
  if (off === null || Math.abs(off) <= toldAboveMs) return null
  return { minutes: Math.round(Math.abs(off) / 60_000), fast: off < 0 }
}

/** An entry with its share of page, index and receipt on the phone. Generous, so that the promise holds. */
const bytesPerEntry = 1200

/** How many more entries this phone can hold, two digits of it; null where the browser does not tell. */
export function roomFor(estimate: { usage: number; quota: number } | null): number | null {
  if (!estimate) return null
  const room = Math.max(0, (estimate.quota - estimate.usage) * 0.5) / bytesPerEntry
  const step = 10 ** Math.max(0, Math.floor(Math.log10(room || 1)) - 1)
  return Math.min(Math.floor(room / step) * step, 1_000_000)
}
