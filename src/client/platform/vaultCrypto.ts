import { toBytes } from './encoding.ts'
import { stretch } from './pin.ts'

/** Something sealed with AES-256-GCM. */
export interface SealedBytes {
  iv: Uint8Array<ArrayBuffer>
  data: Uint8Array<ArrayBuffer>
}

/** PBKDF2 with HMAC-SHA-256: what OWASP's Password Storage Cheat Sheet (2023) asks for. */
export const pinRounds = 600_000

const aes = { name: 'AES-GCM', length: 256 } as const

/** Random bytes for a key, and for the salt of a PIN. */
export const chance = (count: number): Uint8Array<ArrayBuffer> =>
  crypto.getRandomValues(new Uint8Array(count))

/** A key that the browser uses and never shows again. */
export const vaultKey = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, aes, false, ['encrypt', 'decrypt'])

/**
 * A key of this browser alone, which can't be taken out of it: with it in between, PINs can be tried only here, at the
 * pace of this phone, for as long as nobody reads the browser's files.
 */
export const phoneKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign'])

/** The key that a PIN opens. Takes as long as `rounds` of hashing take, that is its purpose. */
export async function pinKey(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
  phone: CryptoKey,
): Promise<CryptoKey> {
  const bits = await stretch(pin, salt, rounds)
  return vaultKey(new Uint8Array(await crypto.subtle.sign('HMAC', phone, bits)))
}

/** `context`: what must be the same at opening; it says where the bytes belong. */
export async function sealBytes(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
  context: string,
): Promise<SealedBytes> {
  const iv = chance(12)
  const how = { name: aes.name, iv, additionalData: toBytes(context) }
  return { iv, data: new Uint8Array(await crypto.subtle.encrypt(how, key, bytes)) }
}

/** Null where the key is another one, or anything was altered. */
export async function openBytes(
  key: CryptoKey,
  { iv, data }: SealedBytes,
  context: string,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const how = { name: aes.name, iv, additionalData: toBytes(context) }
  return crypto.subtle.decrypt(how, key, data).then(
    (bytes) => new Uint8Array(bytes),
    () => null,
  )
}
