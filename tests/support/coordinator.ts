import { createHash, randomUUID, webcrypto } from 'node:crypto'
import { SignJWT } from 'jose'
import { v7 as uuid } from 'uuid'
import * as v from 'valibot'
import type { Draft, Entry } from '../../src/domain/entry.ts'
import type { Role } from '../../src/domain/members.ts'
import { Enrolled, Invited, IssuedCards, paths, type PublicJwk } from '../../src/protocol/api.ts'
import { payloadOf, wirePage } from '../../src/protocol/page.ts'
import { readPull } from '../../src/protocol/pull.ts'
import { protocolVersion } from '../../src/protocol/version.ts'

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const base64url = (bytes: ArrayBuffer): string => Buffer.from(bytes).toString('base64url')

async function answerOf(answer: Response): Promise<string> {
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${text}`)
  return text
}

/** A coordinator without a screen, written from the protocol alone: sets a place up, invites, and looks at the centre. */
export class Coordinator {
  readonly #origin: () => string
  readonly #install = uuid()
  #keys!: webcrypto.CryptoKeyPair
  #enrolled!: Enrolled
  #page = 0
  #count = 0
  #prev = ''

  constructor(origin: () => string) {
    this.#origin = origin
  }

  get community(): string {
    return this.#enrolled.community
  }

  async enrol(link: string): Promise<void> {
    this.#keys = await webcrypto.subtle.generateKey(ecdsa, true, ['sign', 'verify'])
    const { x = '', y = '' } = await webcrypto.subtle.exportKey('jwk', this.#keys.publicKey)
    const key: PublicJwk = { kty: 'EC', crv: 'P-256', x, y }
    const token = link.slice(link.indexOf('#') + 1)
    const body = { token, install: this.#install, key, name: 'Sample coordinator', device: 'Test' }
    this.#enrolled = v.parse(Enrolled, JSON.parse(await this.#post(paths.enrol, body)))
  }

  /** Saves and pushes them as one page. */
  async save(drafts: readonly Draft[]): Promise<Entry[]> {
    const entries = drafts.map((draft): Entry => this.#entryOf(draft))
    const lines = entries.map((entry) => JSON.stringify(entry))
    const hash = createHash('sha256').update(payloadOf(lines)).digest('base64url')
    const header = { v: protocolVersion, install: this.#install, page: ++this.#page, prev: this.#prev }
    const headerLine = JSON.stringify({ ...header, first: this.#count + 1, count: lines.length, hash })
    const signature = base64url(
      await webcrypto.subtle.sign(ecdsa, this.#keys.privateKey, Buffer.from(headerLine)),
    )
    this.#prev = hash
    this.#count += lines.length
    const init = { method: 'POST', body: wirePage({ headerLine, signature, lines }) }
    await answerOf(
      await fetch(this.#origin() + paths.push, { ...init, headers: { 'gatepost-sent': String(Date.now()) } }),
    )
    return entries
  }

  #entryOf({ kind, logbook, record, body, at, id }: Draft): Entry {
    const own = {
      id: id ?? uuid(),
      kind,
      v: 1,
      logbook,
      at: at ?? Date.now(),
      by: this.#enrolled.member,
      body,
    }
    return record ? { ...own, record, seen: 0 } : own
  }

  /** Link of a new invitation, at the address where phones find the centre. */
  async invite(role: Role, place: string, name: string, origin = this.#origin()): Promise<string> {
    const body = { grants: [{ role, place }], name, minutes: 60 }
    const { token } = v.parse(Invited, JSON.parse(await this.#post(paths.invitations, body)))
    return `${origin}/join#${token}`
  }

  /** What is printed as the code of a member's card. */
  async cardOf(member: string): Promise<string> {
    const { cards } = v.parse(IssuedCards, JSON.parse(await this.#post(paths.cards, { members: [member] })))
    return cards[0]?.text ?? ''
  }

  /** All facts of a logbook, as the centre has them, in order of arrival. */
  async facts(logbook: string): Promise<Entry[]> {
    const entries: Entry[] = []
    for (let after = ''; ;) {
      const query = new URLSearchParams({ logbook, all: '1', ...(after ? { after } : {}) })
      const answer = await fetch(`${this.#origin()}${paths.pull}?${query}`, {
        headers: await this.#allowed(),
      })
      const pulled = readPull(await answerOf(answer))
      if (!pulled) throw new Error('Not an answer to a pull')
      for (const line of pulled.factLines) entries.push((JSON.parse(line) as { e: Entry }).e)
      if (!pulled.head.more) return entries
      after = pulled.head.next
    }
  }

  async get(path: string): Promise<unknown> {
    return JSON.parse(await answerOf(await fetch(this.#origin() + path, { headers: await this.#allowed() })))
  }

  async #post(path: string, body: unknown): Promise<string> {
    const headers = {
      'content-type': 'application/json',
      ...(this.#page > 0 || this.#enrolled ? await this.#allowed() : {}),
    }
    return answerOf(
      await fetch(this.#origin() + path, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
  }

  async #allowed(): Promise<{ authorization: string }> {
    const token = await new SignJWT({ jti: randomUUID() })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(this.#install)
      .setAudience('gatepost')
      .setIssuedAt()
      .setExpirationTime('2m')
      .sign(this.#keys.privateKey)
    return { authorization: `Bearer ${token}` }
  }
}
