import { generateKeyPairSync } from 'node:crypto'
import * as v from 'valibot'
import { v7 } from 'uuid'
import { PublicJwk } from '../../src/protocol/api.ts'
import { payloadOf, wirePages, type PageHeader, type WirePage } from '../../src/protocol/page.ts'
import { digestOf, signer, type PrivateJwk } from '../../src/server/sync/signing.ts'

const Private = v.object({ ...PublicJwk.entries, d: v.string() })

/** A key pair as a phone makes it; `private` is only for tests, a real phone never gives it away. */
export function newKey(): { public: PublicJwk; private: PrivateJwk } {
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  const made = v.parse(Private, jwk)
  return { public: v.parse(PublicJwk, { ...made }), private: made }
}

/** One install's sealed pages: numbered, chained, signed as [PG1..4] say. */
export class Sealer {
  readonly install: string
  readonly key: PublicJwk
  readonly #sign: (text: string) => string
  #page = 0
  #prev = ''
  #entries = 0

  constructor(install: string = v7(), key = newKey()) {
    this.install = install
    this.key = key.public
    this.#sign = signer(key.private)
  }

  /** Where the chain stands; given to `rewind` it is a restored backup of the phone. */
  get place(): { page: number; prev: string; entries: number } {
    return { page: this.#page, prev: this.#prev, entries: this.#entries }
  }

  rewind({ page, prev, entries }: Sealer['place']): void {
    this.#page = page
    this.#prev = prev
    this.#entries = entries
  }

  /** Seals the next page of these lines. */
  seal(lines: readonly string[]): WirePage {
    const hash = digestOf(payloadOf(lines))
    const header: PageHeader = {
      v: 1,
      install: this.install,
      page: this.#page + 1,
      prev: this.#prev,
      first: this.#entries + 1,
      count: lines.length,
      hash,
    }
    const headerLine = JSON.stringify(header)
    this.rewind({ page: header.page, prev: hash, entries: this.#entries + lines.length })
    return { header, headerLine, signature: this.#sign(headerLine), lines }
  }

  /** Seals entries, so many to a page. */
  sealAll(entries: readonly object[], perPage = 100): WirePage[] {
    const pages: WirePage[] = []
    for (let i = 0; i < entries.length; i += perPage)
      pages.push(this.seal(entries.slice(i, i + perPage).map((entry) => JSON.stringify(entry))))
    return pages
  }
}

export const pushText = (...pages: WirePage[]): string => wirePages(pages)
