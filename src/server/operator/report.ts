import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { renderUnicodeCompact } from 'uqr'
import type { Config } from '../config.ts'
import type { Addresses } from './addresses.ts'
import { say, type Words } from './words.ts'

/** What there is to tell about a server that listens. */
export interface Started {
  addresses: Addresses
  /** With `--lan`: the page that hands out the certificate, and the certificate's SHA-256. */
  lan: { url: string; fingerprint: string } | undefined
  /** The secret of a set-up link, or null where somebody is enrolled. */
  setup: string | null
}

/** Lines for the terminal: the address, and the set-up link with its QR while nobody is enrolled. */
export function report(words: Words, { addresses, lan, setup }: Started, config: Config): string[] {
  const { first, others } = addresses
  const plain = first.startsWith('http:') && config.url === undefined
  return [
    say(words, 'serving', { url: first }),
    ...others.map((url) => say(words, 'also', { url })),
    ...(plain && config.host === undefined ? [words.plainOnly] : []),
    ...(lan ? lanLines(words, lan) : []),
    ...(existsSync(join(config.client, 'index.html'))
      ? []
      : [say(words, 'notBuilt', { folder: config.client })]),
    ...(setup ? linkLines(words, 'setup', first, setup) : [words.another]),
  ]
}

const lanLines = (words: Words, { url, fingerprint }: NonNullable<Started['lan']>): string[] =>
  new URL(url).hostname === 'localhost'
    ? [words.lanAlone]
    : [say(words, 'lanPage', { url }), say(words, 'lanCheck', { fingerprint }), renderUnicodeCompact(url)]

/** A link and its QR. The secret stands behind `#`, so that no server on the way ever sees it ([EN1]). */
export function linkLines(
  words: Words,
  key: 'setup' | 'setupOnce',
  origin: string,
  secret: string,
): string[] {
  const link = `${origin}/join#${secret}`
  return ['', words[key], '', `  ${link}`, '', renderUnicodeCompact(link, { border: 2 })]
}
