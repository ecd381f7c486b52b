interface Sample {
  labels: { le?: string | number | undefined }
  value: number
  metricName?: string | undefined
}

/**
 * Within how many ms the share `q` of what a histogram of seconds saw lies: the upper bound of the bucket that it falls
 * into, so never less than the truth. Null where it saw nothing; what lies beyond the last bound is told as that bound.
 */
export function quantileOf(samples: readonly Sample[], q: number): number | null {
  const buckets = samples.flatMap(({ labels: { le }, value }) =>
    le === undefined ? [] : [{ bound: le === '+Inf' ? Infinity : Number(le), upTo: value }],
  )
  const all = buckets.at(-1)?.upTo ?? 0
  if (all === 0) return null
  const last = buckets.at(-2)?.bound ?? Infinity
  return Math.min(buckets.find(({ upTo }) => upTo >= q * all)?.bound ?? last, last) * 1000
}
