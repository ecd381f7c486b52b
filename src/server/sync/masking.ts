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

/** Fields by name, as a pattern that finds where their value begins. */
const patterns = new Map<string, RegExp>()

function patternOf(field: string): RegExp | null {
  const known = patterns.get(field)
  if (known || !/^\w+$/.test(field)) return known ?? null
  const made = new RegExp(`"${field}"\\s*:\\s*`, 'g')
  patterns.set(field, made)
  return made
}

/** Where the value of the line's only field of this name begins; -1 where there are several. For JSON without escapes. */
function valueAt(line: string, field: string): number {
  const name = `"${field}"`
  const at = line.indexOf(name)
  if (at < 0) return -1
  // As most write it: once, and with nothing between the name and its value.
  const start = at + name.length + 1
  if (line[start - 1] === ':' && !isSpace(line[start]) && line.indexOf(name, start) < 0) return start
  const pattern = patternOf(field)
  if (!pattern) return -1
  pattern.lastIndex = 0
  const found = pattern.exec(line)
  const end = pattern.lastIndex
  return found && !pattern.test(line) ? end : -1
}

const isSpace = (letter: string | undefined): boolean => letter === undefined || letter <= ' '

type Body = Readonly<Record<string, unknown>>

/** The one field that the masked body changes; null where it is not just one. */
function changedField(body: Body, masked: Body): string | null {
  let changed: string | null = null
  let more = 0
  for (const name in body) {
    more++
    if (body[name] === masked[name]) continue
    if (changed !== null) return null
    changed = name
  }
  for (const _ in masked) more--
  return more === 0 ? changed : null
}

/**
 * What `writeMask` finds by comparing, found by looking for the field: most bodies differ in one, and writing each
 * line out a second time costs more than storing it. Null where the field's place is not beyond doubt.
 */
export function cutField(line: string, body: Body, masked: Body): string | null {
  const field = changedField(body, masked)
  // With escapes a name or a quote may not be what it looks like.
  if (field === null || line.includes('\\')) return null
  const [was, is] = [body[field], masked[field]]
  if (typeof was !== 'string' || typeof is !== 'string') return null
  const start = valueAt(line, field)
  const value = JSON.stringify(was)
  if (start < 0 || !line.startsWith(value, start)) return null
  return `${start},${line.length - start - value.length},${JSON.stringify(is)}`
}

/** The masked line. */
export function readMask(line: string, mask: string): string {
  const first = mask.indexOf(',')
  const second = mask.indexOf(',', first + 1)
  const start = Number(mask.slice(0, first))
  const end = Number(mask.slice(first + 1, second))
  return line.slice(0, start) + mask.slice(second + 1) + line.slice(line.length - end)
}
