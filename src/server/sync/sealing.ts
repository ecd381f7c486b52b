import { compactDecrypt, CompactEncrypt } from 'jose'
import { createPrivateKey } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import * as v from 'valibot'
import type { PublicJwk, SealKey } from '../../protocol/api.ts'
import { pushMaxBytes } from '../../protocol/page.ts'
import { parcelAlgorithm, ParcelHeader, receiptAlgorithm, relayCipher } from '../../protocol/relay/parcel.ts'
import { done, refused, type Outcome } from './outcome.ts'
import { digestOf, type PrivateJwk } from './signing.ts'

const inflate = promisify(gunzip)

/** A parcel's text; refused `parcel-unreadable` or `too-large`. */
export type Opener = (parcel: string) => Promise<Outcome<string>>

/** The first line of a parcel's text beside its pages. */
const headMaxBytes = 1024

/** As RFC 7638 has it: the members in order of the alphabet, no spaces. */
export const sealKeyOf = ({ kty, crv, x, y }: PublicJwk): SealKey => ({
  kty,
  crv,
  x,
  y,
  kid: digestOf(JSON.stringify({ crv, kty, x, y })),
})

/** Opens what was sealed to this key ([RL2]). */
export function opener({ kty, crv, x, y, d }: PrivateJwk): Opener {
  const key = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' })
  const only = { keyManagementAlgorithms: [parcelAlgorithm], contentEncryptionAlgorithms: [relayCipher] }
  return async (parcel) => {
    const opened = await compactDecrypt(parcel, key, only).catch(() => null)
    const header = v.safeParse(ParcelHeader, opened?.protectedHeader)
    if (!opened || !header.success) return refused('parcel-unreadable')
    return textOf(opened.plaintext, header.output.cty === 'gzip')
  }
}

/** However small it was on the way, unpacked it holds what a push may and not a byte more. */
async function textOf(bytes: Uint8Array, packed: boolean): Promise<Outcome<string>> {
  const most = pushMaxBytes + headMaxBytes
  if (!packed) return bytes.length > most ? refused('too-large') : done(Buffer.from(bytes).toString('utf8'))
  try {
    return done((await inflate(bytes, { maxOutputLength: most })).toString('utf8'))
  } catch (error) {
    const code: unknown = error instanceof Error ? Reflect.get(error, 'code') : undefined
    return refused(code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'parcel-unreadable')
  }
}

/** Seals a reply with the key that came in the parcel ([RL4]). `to`: the parcel's id. */
export const sealReply = (text: string, key: string, to: string): Promise<string> =>
  new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: receiptAlgorithm, enc: relayCipher, typ: 'gatepost-receipt', to })
    .encrypt(Buffer.from(key, 'base64url'))
