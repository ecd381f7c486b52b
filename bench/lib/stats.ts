const sorted = (list: readonly number[]) => list.filter(Number.isFinite).sort((a, b) => a - b)

/** NaN for an empty list. */
export function median(list: readonly number[]): number {
  const s = sorted(list)
  const mid = s.length >> 1
  const high = s[mid] ?? NaN
  return s.length % 2 ? high : (high + (s[mid - 1] ?? NaN)) / 2
}

/** The value below which a share `q` of the list lies. */
export function quantile(list: readonly number[], q: number): number {
  const s = sorted(list)
  return s[Math.min(s.length - 1, Math.floor(q * s.length))] ?? NaN
}

/** Two decimals for small numbers, none for large ones. */
export const tidy = (x: number): number => Number(x.toFixed(Math.abs(x) < 20 ? 2 : 0))

/** Medians of every numeric field over rows. */
export function medians(rows: readonly Record<string, number>[]): Record<string, number> {
  const fields = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const pairs = fields.map((field) => [field, tidy(median(rows.map((row) => row[field] ?? NaN)))] as const)
  return Object.fromEntries(pairs.filter(([, value]) => Number.isFinite(value)))
}
