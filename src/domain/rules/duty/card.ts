import type { MemberId } from '../../ids.ts'
import { isUuid } from '../../ids.ts'
import { fromBase45, toBase45 } from '../../formats/base45.ts'

/**
 * A volunteer's printed card ([CA1]): who it is and until when it holds, signed (ES256) by the centre's key, which every
 * phone has. With a name of ten characters 114 bytes or 176 symbols, a QR code of version 7 at level M.
 */
export interface Card {
  member: MemberId
  name: string
  /** Days since 1970, both UTC; it holds from the one to the end of the other. */
  from: number
  until: number
  /** How often a card of theirs was lost before: 0 for the first. */
  issue: number
}

export interface SignedCard extends Card {
  /** What was signed. */
  text: string
  /** r‖s, 64 bytes. */
  signature: Uint8Array<ArrayBuffer>
}

/** Where the issue stands on a card, and what tells it from the other form ([CA2]). */
interface Form {
  prefix: string
  head: string
  /** Bytes before the name. */
  headBytes: number
}

/** A first card is written as cards were before they could be made void, so that it reads on every version of the app. */
const first: Form = { prefix: 'GP:C:', head: 'gatepost-card.1.', headBytes: 20 }
const replaced: Form = { prefix: 'GP:C2:', head: 'gatepost-card.2.', headBytes: 22 }
const forms = [first, replaced]

const dayMs = 86_400_000
const [idBytes, dayBytes, signatureBytes] = [16, 2, 64]
/** A longer name is cut on the card: it is for people to recognise each other, the id says who it is. */
const nameBytes = 60

export const dayOf = (at: number): number => Math.floor(at / dayMs)

/** UTF-8 without TextEncoder, which this room does not know: both ends of encodeURIComponent are UTF-8. */
const toUtf8 = (text: string): number[] =>
  [...encodeURIComponent(text).matchAll(/%([0-9A-F]{2})|(.)/g)].map(([, hex, plain]) =>
    hex ? Number.parseInt(hex, 16) : (plain?.charCodeAt(0) ?? 0),
  )

function fromUtf8(bytes: Uint8Array): string | null {
  try {
    return decodeURIComponent([...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  } catch {
    return null
  }
}

/** As much of a name as fits, never half a character. */
function cut(name: string): number[] {
  let kept: number[] = []
  for (const character of name.trim()) {
    const next = [...kept, ...toUtf8(character)]
    if (next.length > nameBytes) break
    kept = next
  }
  return kept
}

const formOf = ({ issue }: Card): Form => (issue === 0 ? first : replaced)
const textOf = (form: Form, payload: Uint8Array): string => form.head + toBase45(payload)

function payloadOf({ member, name, from, until, issue }: Card): Uint8Array<ArrayBuffer> {
  const letters = cut(name)
  const { headBytes } = issue === 0 ? first : replaced
  const bytes = new Uint8Array(headBytes + letters.length)
  const hex = member.replaceAll('-', '')
  for (let n = 0; n < idBytes; n++) bytes[n] = Number.parseInt(hex.slice(n * 2, n * 2 + 2), 16)
  const view = new DataView(bytes.buffer)
  view.setUint16(idBytes, from)
  view.setUint16(idBytes + dayBytes, until)
  if (issue > 0) view.setUint16(idBytes + 2 * dayBytes, issue)
  bytes.set(letters, headBytes)
  return bytes
}

/** What the centre signs for a card. The head keeps it apart from everything else that its key signs. */
export const cardText = (card: Card): string => textOf(formOf(card), payloadOf(card))

/** The card's code. `signature` is what the centre's key made of `cardText`. */
export function makeCard(card: Card, signature: Uint8Array): string {
  const payload = payloadOf(card)
  return (
    formOf(card).prefix + toBase45(new Uint8Array([...payload, ...signature.subarray(0, signatureBytes)]))
  )
}

/** Reads a card's code; null where it is none. Nothing in it is believed before its signature was verified. */
export function readCard(code: string): SignedCard | null {
  const form = forms.find(({ prefix }) => code.startsWith(prefix))
  const bytes = form ? fromBase45(code.slice(form.prefix.length)) : null
  if (!form || !bytes || bytes.length <= form.headBytes + signatureBytes) return null
  const payload = bytes.slice(0, -signatureBytes)
  const hex = [...payload.subarray(0, idBytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const member = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  const name = fromUtf8(payload.subarray(form.headBytes))
  const view = new DataView(payload.buffer)
  const [from, until] = [view.getUint16(idBytes), view.getUint16(idBytes + dayBytes)]
  const issue = form === first ? 0 : view.getUint16(idBytes + 2 * dayBytes)
  if (!isUuid(member) || !name || (form === replaced && issue === 0)) return null
  const signature = bytes.slice(-signatureBytes)
  return { member, name, from, until, issue, text: textOf(form, payload), signature }
}

/** Is this a card's text, before anything in it is believed? */
export const isCardText = (text: string): boolean => forms.some(({ prefix }) => text.startsWith(prefix))

/** Does a card hold at a moment (ms)? A day's grace on both sides covers every zone. */
export const cardHolds = ({ from, until }: Pick<Card, 'from' | 'until'>, at: number): boolean =>
  dayOf(at) >= from - 1 && dayOf(at) <= until + 1
