import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { v7 } from 'uuid'
import * as v from 'valibot'
import { kindOf } from '../../src/domain/kinds/index.ts'
import { Enrolled, headers, paths, PublicJwk } from '../../src/protocol/api.ts'
import { wirePages, type PageHeader, type WirePage } from '../../src/protocol/page.ts'
import { Receipt } from '../../src/protocol/receipt.ts'

const base64url = (value: string | Buffer): string => Buffer.from(value).toString('base64url')

export interface Ask {
  method?: 'GET' | 'POST' | 'DELETE'
  url: string
  body?: unknown
  headers?: Record<string, string>
}

export type Answer = Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body' | 'rawPayload' | 'json'>
/** What carries calls: a server in this process (`inject`), or `httpLine` to another. */
export interface Line {
  inject(call: InjectOptions): Promise<Answer>
}

/** What goes into an entry; the phone adds the rest. */
export interface Written {
  kind: string
  logbook: string
  body: Record<string, unknown>
  id?: string
  record?: string
  seen?: number
  at?: number
}

/** A phone without a screen: its own key, its own chain of pages, calls by `inject`. */
export class TestPhone {
  readonly id = v7()
  readonly key: PublicJwk
  readonly #private
  /** Tests may point it at another server. */
  line: Line
  readonly #now: () => number
  enrolled: Enrolled | null = null
  /** Device time minus the centre's, ms. */
  clockOff = 0
  #page = 0
  #prev = ''
  #n = 0

  constructor(line: Line, now: () => number = Date.now) {
    const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#private = pair.privateKey
    this.key = v.parse(PublicJwk, pair.publicKey.export({ format: 'jwk' }))
    this.line = line
    this.#now = now
  }

  #sign(text: string): string {
    const key = { key: this.#private, dsaEncoding: 'ieee-p1363' as const }
    return base64url(sign('sha256', Buffer.from(text), key))
  }

  token(iss = this.id): string {
    const iat = Math.floor((this.#now() + this.clockOff) / 1000)
    const claims = { iss, aud: 'gatepost', iat, exp: iat + 60 }
    const text = `${base64url('{"alg":"ES256"}')}.${base64url(JSON.stringify(claims))}`
    return `${text}.${this.#sign(text)}`
  }

  /** A call with this phone's token. */
  ask({ method = 'GET', url, body, headers: extra = {} }: Ask) {
    return this.line.inject({
      method,
      url,
      headers: { authorization: `Bearer ${this.token()}`, ...extra },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    })
  }

  enrolling(token: string, name: string) {
    const payload = JSON.stringify({ token, install: this.id, key: this.key, name, device: 'Test phone' })
    return this.line.inject({ method: 'POST', url: paths.enrol, payload })
  }

  async enrol(token: string, name: string): Promise<Enrolled> {
    const answer = await this.enrolling(token, name)
    this.enrolled = v.parse(Enrolled, answer.json())
    return this.enrolled
  }

  /** Seals entries as the next page; `lines` go in as they are. `other`: what the header is to say instead. */
  sealLines(lines: readonly string[], other: Partial<PageHeader> = {}): WirePage {
    const payload = lines.join('\n')
    const hash = createHash('sha256').update(payload).digest('base64url')
    const place = { page: ++this.#page, prev: this.#prev, first: this.#n + 1, count: lines.length }
    const header = { v: 1, install: this.id, ...place, hash, ...other }
    this.#prev = hash
    this.#n += lines.length
    const headerLine = JSON.stringify(header)
    return { header, headerLine, signature: this.#sign(headerLine), lines }
  }

  seal(entries: readonly Written[]): WirePage {
    return this.sealLines(entries.map((entry) => JSON.stringify(this.entry(entry))))
  }

  entry({ kind, logbook, body, id = v7(), record, seen, at = this.#now() + this.clockOff }: Written) {
    const own = { id, kind, v: kindOf(kind)?.version ?? 1, logbook, at, by: this.enrolled?.member }
    return { ...own, ...(record ? { record, seen: seen ?? 0 } : {}), body }
  }

  send(pages: readonly WirePage[], extra: Record<string, string> = {}) {
    const sent = { [headers.sent]: String(this.#now() + this.clockOff), ...extra }
    return this.line.inject({ method: 'POST', url: paths.push, headers: sent, payload: wirePages(pages) })
  }

  /** Seals, sends and reads the receipt. */
  async push(entries: readonly Written[]): Promise<Receipt> {
    return v.parse(Receipt, (await this.send([this.seal(entries)])).json())
  }
}
