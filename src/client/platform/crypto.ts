import { fromBase64url, toBase64url, toBytes } from './encoding.ts'

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const
const scheme = { name: 'ECDSA', hash: 'SHA-256' } as const

export interface KeyPair {
  /** Can't be exported. */
  privateKey: CryptoKey
  publicJwk: EcPublicJwk
}

export interface EcPublicJwk {
  kty: 'EC'
  crv: 'P-256'
  x: string
  y: string
}

export async function makeKeyPair(): Promise<KeyPair> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ['sign', 'verify'])
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', publicKey)
  return { privateKey, publicJwk: { kty: 'EC', crv: 'P-256', x, y } }
}

export const importPublicKey = (jwk: EcPublicJwk): Promise<CryptoKey> =>
  crypto.subtle.importKey('jwk', { ...jwk }, curve, false, ['verify'])

/** ES256 over the text's UTF-8 bytes: 64 bytes, base64url. */
export const signText = async (key: CryptoKey, text: string): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.sign(scheme, key, toBytes(text))))

/** False also where the signature is none. */
export async function verifyBytes(
  key: CryptoKey,
  bytes: Uint8Array<ArrayBuffer>,
  signature: string,
): Promise<boolean> {
  const signed = fromBase64url(signature)
  return signed?.length === 64 && (await crypto.subtle.verify(scheme, key, signed, bytes))
}

/** SHA-256, base64url. */
export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  toBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
