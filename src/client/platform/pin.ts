import { fromBase64url, toBase64url, toBytes } from './encoding.ts'

/** A PIN as it is kept: nobody can read it back, and trying all of them takes long. */
export interface KeptPin {
  /** base64url. */
  salt: string
  hash: string
}

const iterations = 200_000

/** 32 bytes out of a PIN, by PBKDF2 with HMAC-SHA-256. */
export async function stretch(
  pin: string,
  salt: Uint8Array<ArrayBuffer>,
  rounds: number,
): Promise<ArrayBuffer> {
  const key = await crypto.subtle.importKey('raw', toBytes(pin), 'PBKDF2', false, ['deriveBits'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveBits(how, key, 256)
}

const hashOf = async (pin: string, salt: Uint8Array<ArrayBuffer>): Promise<string> =>
  toBase64url(new Uint8Array(await stretch(pin, salt, iterations)))

export async function keepPin(pin: string): Promise<KeptPin> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  return { salt: toBase64url(salt), hash: await hashOf(pin, salt) }
}

export async function isPin(pin: string, kept: KeptPin): Promise<boolean> {
  const salt = fromBase64url(kept.salt)
  return salt !== null && (await hashOf(pin, salt)) === kept.hash
}
