import { createPrivateKey, createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto'
import type { PublicJwk } from '../../protocol/api.ts'
import type { CamePage } from './wirePages.ts'

/** ES256 as JOSE has it: P-256, SHA-256, the signature as r‖s (RFC 7518, 3.4). */
const encoding = 'ieee-p1363'

export interface PrivateJwk extends PublicJwk {
  d: string
}

/** SHA-256 of bytes, or of a text's in UTF-8, base64url. */
export const digestOf = (text: string | Uint8Array): string => hash('sha256', text, 'base64url')

/** Making a key object costs as much as a verification; an install's key never changes. */
const keys = new Map<string, KeyObject>()
const keysAtMost = 10_000

function publicKey({ kty, crv, x, y }: PublicJwk): KeyObject {
  const name = `${x}.${y}`
  const known = keys.get(name)
  if (known) return known
  if (keys.size >= keysAtMost) keys.clear()
  const made = createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' })
  keys.set(name, made)
  return made
}

/**
 * Do the pages carry what their headers say, signed by this key ([PG4])? One alone is verified in the loop: to hand it to a
 * thread and hear of it takes the loop longer. Several are shared out.
 */
export async function areGenuine(pages: readonly CamePage[], key: PublicJwk): Promise<boolean> {
  if (pages.some(({ payloadHash, header }) => payloadHash !== header.hash)) return false
  const [first, ...others] = pages
  if (first && others.length === 0) return isSignedBy(first.headerLine, first.signature, key)
  const signed = pages.map(({ headerLine, signature }) =>
    isSignedByLater(headerLine, Buffer.from(signature, 'base64url'), key),
  )
  return !(await Promise.all(signed)).includes(false)
}

const verifying = (key: PublicJwk) => ({ key: publicKey(key), dsaEncoding: encoding }) as const

export function isSignedBy(text: string, signature: string, key: PublicJwk): boolean {
  return verify('sha256', Buffer.from(text), verifying(key), Buffer.from(signature, 'base64url'))
}

/** The same for many, without keeping the process from its other work; `signature`: 64 bytes, r‖s. */
export const isSignedByLater = (text: string, signature: Uint8Array, key: PublicJwk): Promise<boolean> =>
  new Promise((done) => {
    try {
      const options = { key: publicKey(key), dsaEncoding: encoding } as const
      verify('sha256', Buffer.from(text), options, signature, (error, good) => done(!error && good))
    } catch {
      // A key that is none on this curve: nothing it signs holds.
      done(false)
    }
  })

/** A function that signs texts with this key; answers base64url. */
export function signer({ kty, crv, x, y, d }: PrivateJwk): (text: string) => string {
  const key = createPrivateKey({ key: { kty, crv, x, y, d }, format: 'jwk' })
  return (text) => sign('sha256', Buffer.from(text), { key, dsaEncoding: encoding }).toString('base64url')
}
