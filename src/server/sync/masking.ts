/**
 * How a line reads in the masked view, kept as one cut: `start,end,text` says that the characters from `start` to
 * `end` before the line's end give way to `text`. A few bytes per entry instead of a second copy.
 */

const isHalf = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff

function sharedStart(a: string, b: string): number {
  let at = 0
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at++
  // Never between the halves of one character: half a character can't be stored.
  while (at > 0 && isHalf(a.charCodeAt(at - 1))) at--
  return at
}

function sharedEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start
  let length = 0
  while (length < most && a.charCodeAt(a.length - 1 - length) === b.charCodeAt(b.length - 1 - length))
    length++
  while (length > 0 && isHalf(a.charCodeAt(a.length - length))) length--
  return length
}

/** Null where both read the same. */
export function writeMask(line: string, masked: string): string | null {
  if (line === masked) return null
  const start = sharedStart(line, masked)
  const end = sharedEnd(line, masked, start)
  return `${start},${end},${masked.slice(start, masked.length - end)}`
}

/** The masked line. */
export function readMask(line: string, mask: string): string {
  const first = mask.indexOf(',')
  const second = mask.indexOf(',', first + 1)
  const start = Number(mask.slice(0, first))
  const end = Number(mask.slice(first + 1, second))
  return line.slice(0, start) + mask.slice(second + 1) + line.slice(line.length - end)
}
