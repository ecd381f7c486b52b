import { compactDecrypt, CompactEncrypt, decodeProtectedHeader, importJWK } from 'jose'
import * as v from 'valibot'
import type { SealKey } from '../../../protocol/api.ts'
import {
  parcelAlgorithm,
  ParcelHeader,
  receiptAlgorithm,
  relayCipher,
  ReplyHeader,
  SealedReceipt,
} from '../../../protocol/relay/parcel.ts'
import { parseJson } from '../../../protocol/page.ts'
import { relayText } from '../../../protocol/relay/text.ts'
import { fromBase64url, toText } from '../../platform/encoding.ts'
import type { Packed } from '../../platform/gzip.ts'

/** What a text that travels from phone to phone is, by its header alone. */
export type RelayKind = { what: 'parcel'; kid: string } | { what: 'receipt'; to: string }

/** Null where the text is neither parcel nor receipt. */
export function kindOfText(text: string): RelayKind | null {
  if (!relayText.test(text)) return null
  const header = parsedHeader(text)
  const parcel = v.safeParse(ParcelHeader, header)
  if (parcel.success) return { what: 'parcel', kid: parcel.output.kid }
  const reply = v.safeParse(ReplyHeader, header)
  return reply.success ? { what: 'receipt', to: reply.output.to } : null
}

function parsedHeader(text: string): unknown {
  try {
    return decodeProtectedHeader(text)
  } catch {
    return null
  }
}

/** Seals a parcel's text to the centre ([RL2]). */
export async function sealParcel({ bytes, encoding }: Packed, { kid, ...jwk }: SealKey): Promise<string> {
  const packing = encoding === 'gzip' ? { cty: encoding } : {}
  return new CompactEncrypt(bytes)
    .setProtectedHeader({ alg: parcelAlgorithm, enc: relayCipher, typ: 'gatepost-parcel', kid, ...packing })
    .encrypt(await importJWK(jwk, parcelAlgorithm))
}

/** The receipt that a reply holds, not yet proven; null where this key does not open it ([RL4]). */
export async function openReply(
  text: string,
  replyKey: string,
): Promise<v.InferOutput<typeof SealedReceipt> | null> {
  const key = fromBase64url(replyKey)
  const only = { keyManagementAlgorithms: [receiptAlgorithm], contentEncryptionAlgorithms: [relayCipher] }
  const opened = key && (await compactDecrypt(text, key, only).catch(() => null))
  const receipt = v.safeParse(SealedReceipt, opened && parseJson(toText(opened.plaintext)))
  return receipt.success ? receipt.output : null
}
