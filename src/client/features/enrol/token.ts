const secret = /^[A-Za-z0-9_-]{22,64}$/

/**
 * The invitation's secret out of what somebody pasted or scanned: the link, the link amid other words (as chat apps
 * send it), or the bare secret. Null where there is none.
 */
export function tokenFrom(text: string): string | null {
  const trimmed = text.trim()
  if (secret.test(trimmed)) return trimmed
  const linked = /\/join(?:\?[^#\s]*)?#([A-Za-z0-9_-]{22,64})(?![A-Za-z0-9_-])/.exec(trimmed)
  return linked?.[1] ?? null
}
