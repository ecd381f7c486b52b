import * as v from 'valibot'

/**
 * A page: up to 100 entries of one install, numbered, chained to the page before, signed once.
 * On the wire it is text: the header's line, the signature's line, then one line per entry ([PG1]).
 */
export const pageMaxEntries = 100
export const pageMaxBytes = 256 * 1024
/** The most pages one request may carry. */
export const pushMaxPages = 50
export const pushMaxBytes = 8 * 1024 * 1024
/** Each page has two lines before its entries. */
export const pushMaxLines = pushMaxPages * (pageMaxEntries + 2)

const hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))
/** No phone ever counts further; a database that reads beyond what is safe for a number fails. */
export const counterMost = 2 ** 40
const whole = (min: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(counterMost))

export const PageHeader = v.looseObject({
  /** Protocol version. */
  v: whole(1),
  install: v.pipe(v.string(), v.uuid()),
  /** 1-based, gap-free per install. */
  page: whole(1),
  /** `hash` of the page before; empty for the first. */
  prev: v.union([v.literal(''), hash]),
  /** The install's counter of the first entry, 1-based and gap-free. */
  first: whole(1),
  count: v.pipe(whole(1), v.maxValue(pageMaxEntries)),
  /** SHA-256 of the payload (the entries' lines joined by \n, no \n at the end), base64url without padding. */
  hash,
})
export type PageHeader = v.InferOutput<typeof PageHeader>

export interface WirePage {
  header: PageHeader
  /** The header's line exactly as sent: what was signed. */
  headerLine: string
  /** ES256 (P-256, IEEE P1363) over the UTF-8 bytes of headerLine, base64url without padding. */
  signature: string
  /** One JSON text per entry, exactly as sent. */
  lines: readonly string[]
}

/** A header's line has some 300 characters; later versions may add to it. */
const headerMaxLength = 4096

export const payloadOf = (lines: readonly string[]): string => lines.join('\n')

export const wirePage = (page: Pick<WirePage, 'headerLine' | 'signature' | 'lines'>): string =>
  `${page.headerLine}\n${page.signature}\n${payloadOf(page.lines)}`

export const wirePages = (pages: readonly WirePage[]): string => pages.map(wirePage).join('\n')

/**
 * Reads what `wirePages` wrote. Null where the text can't be cut into pages: that is a transport error, the whole
 * request is refused with `page-unreadable` and the sender keeps everything. What an entry's line says is not
 * looked at here; one bad entry never spoils a page.
 */
export const readPages = (text: string): WirePage[] | null => cutPages(text.split('\n'))

/** The same of lines; `pushMaxLines` are the most that it reads as pages. */
export function cutPages(lines: readonly string[]): WirePage[] | null {
  const pages: WirePage[] = []
  for (let at = 0; at < lines.length;) {
    const headerLine = lines[at] ?? ''
    if (headerLine.length > headerMaxLength) return null
    const header = v.safeParse(PageHeader, parseJson(headerLine))
    const signature = lines[at + 1] ?? ''
    if (!header.success || !/^[A-Za-z0-9_-]{86}$/.test(signature)) return null
    const from = at + 2
    at = from + header.output.count
    if (at > lines.length || pages.length === pushMaxPages) return null
    pages.push({ header: header.output, headerLine, signature, lines: lines.slice(from, at) })
  }
  return pages.length > 0 ? pages : null
}

/** JSON, or undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
