import * as v from 'valibot'
import { parseJson } from '../page.ts'

/**
 * What travels through another phone: a parcel of sealed pages on its way to the centre, and the receipt on its way
 * back. Both are a compact JWE (RFC 7516), which the carrier can't open ([RL2], [RL4]).
 */
export const parcelAlgorithm = 'ECDH-ES'
export const receiptAlgorithm = 'dir'
export const relayCipher = 'A256GCM'

const hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/))

/** Protected header of a parcel; what a carrier can read of it. */
export const ParcelHeader = v.looseObject({
  alg: v.literal(parcelAlgorithm),
  enc: v.literal(relayCipher),
  typ: v.literal('gatepost-parcel'),
  /** Thumbprint of the key it is sealed to. */
  kid: hash,
  /** How its text is packed; absent: not at all. */
  cty: v.optional(v.literal('gzip')),
})

/** Protected header of the receipt that answers a parcel. */
export const ReplyHeader = v.looseObject({
  alg: v.literal(receiptAlgorithm),
  enc: v.literal(relayCipher),
  typ: v.literal('gatepost-receipt'),
  /** SHA-256 of the parcel's text. */
  to: hash,
})

/** First line of a parcel's text; the pages follow as in the body of a push ([RL2]). */
export const ParcelHead = v.looseObject({
  v: v.number(),
  /** A fresh 256-bit key that the receipt is sealed with. */
  reply: hash,
})

export const writeParcel = (reply: string, version: number, pages: string): string =>
  `${JSON.stringify({ v: version, reply })}\n${pages}`

/** The reply key and the pages' text; null where the text is no parcel. */
export function readParcel(text: string): { reply: string; pages: string } | null {
  const end = text.indexOf('\n')
  const head = v.safeParse(ParcelHead, parseJson(text.slice(0, Math.max(0, end))))
  return head.success ? { reply: head.output.reply, pages: text.slice(end + 1) } : null
}

/** What is sealed in a reply: the receipt's text and the signature over its bytes ([PU4]). */
export const SealedReceipt = v.object({ body: v.string(), signature: v.string() })
