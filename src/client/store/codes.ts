import type { Doc } from '../../domain/entry.ts'
import type { Station } from '../../domain/kinds/station.ts'
import { cardHolds, readCard, type SignedCard } from '../../domain/rules/duty/card.ts'
import type { Signed } from '../../domain/rules/duty/proof.ts'
import {
  isFresh,
  makeRotating,
  readRotating,
  rotatingText,
  slotAt,
  stationsOf,
} from '../../domain/rules/duty/rotating.ts'
import { importPublicKey, signText, verifyBytes, type EcPublicJwk } from '../platform/crypto.ts'
import { fromBase64url, toBase64url, toBytes } from '../platform/encoding.ts'
import { getMeta, type GatepostDb } from './database.ts'
import type { Identity } from './types.ts'

/** `stale`: it was good, and is too old now. `wrong`: no station of ours has signed it. */
export type RotatingCheck = { is: 'good' | 'stale'; station: Doc<Station> } | { is: 'wrong' }
export type CardCheck = { is: 'good' | 'expired'; card: SignedCard } | { is: 'wrong' }

/** Codes that are signed: what this device shows as a station, and what any phone verifies without a network. */
export interface Codes {
  /** Public half of this device's key; null where it has none. */
  ownKey(): Promise<Pick<EcPublicJwk, 'x' | 'y'> | null>
  /** The rotating code of a moment (corrected ms), signed by the key that cannot leave this device. */
  rotating(station: Doc<Station>, at: number): Promise<string | null>
  /** Whose rotating code a text is, as of a moment (corrected ms). */
  checkRotating(text: string, stations: readonly Doc<Station>[], at: number): Promise<RotatingCheck>
  /** Whose card a text is, by the centre's key; expired ones are told apart. */
  checkCard(text: string, at: number): Promise<CardCheck>
  /** Is one of these signatures good? Undefined where the key that could tell is not here. */
  holds(signatures: readonly Signed[]): Promise<boolean | undefined>
}

/** A board verifies thousands of codes of a few stations. */
const imported = new Map<string, Promise<CryptoKey>>()

function importOnce(key: EcPublicJwk): Promise<CryptoKey> {
  const name = `${key.x}.${key.y}`
  const known = imported.get(name) ?? importPublicKey(key)
  imported.set(name, known)
  return known
}

async function verify(key: EcPublicJwk, text: string, signature: Uint8Array): Promise<boolean> {
  try {
    return await verifyBytes(await importOnce(key), toBytes(text), toBase64url(signature))
  } catch {
    // A key that is none on this curve: nothing it signs holds.
    return false
  }
}

const jwkOf = (key: Station['key']): EcPublicJwk => ({ kty: 'EC', crv: 'P-256', ...key })

async function checkRotating(
  text: string,
  stations: readonly Doc<Station>[],
  at: number,
): Promise<RotatingCheck> {
  const code = readRotating(text)
  for (const station of code ? stationsOf(code, stations) : []) {
    if (!code) break
    const signed = rotatingText(station.id, station.body.post, code.slot)
    if (await verify(jwkOf(station.body.key), signed, code.signature))
      return { is: isFresh(code.slot, at) ? 'good' : 'stale', station }
  }
  return { is: 'wrong' }
}

export const makeCodes = (db: GatepostDb, identity: () => Identity | null): Codes => {
  const ownRow = async () => {
    const who = identity()
    return who ? await db.keys.get(who.install) : undefined
  }
  return {
    async ownKey() {
      const row = await ownRow()
      return row ? { x: row.publicJwk.x, y: row.publicJwk.y } : null
    },
    async rotating(station, at) {
      const row = await ownRow()
      if (!row) return null
      const slot = slotAt(at)
      const signed = await signText(row.privateKey, rotatingText(station.id, station.body.post, slot))
      const signature = fromBase64url(signed)
      return signature && makeRotating(station.id, slot, signature)
    },
    checkRotating,
    async checkCard(text, at) {
      const card = readCard(text)
      const key = card && (await getMeta(db, 'centre'))?.serverKey
      if (!card || !key || !(await verify(key, card.text, card.signature))) return { is: 'wrong' }
      return { is: cardHolds(card, at) ? 'good' : 'expired', card }
    },
    async holds(signatures) {
      let answer: boolean | undefined = false
      for (const { key, text, signature } of signatures) {
        const by = key ? jwkOf(key) : (await getMeta(db, 'centre'))?.serverKey
        if (by && (await verify(by, text, signature))) return true
        if (!by) answer = undefined
      }
      return answer
    },
  }
}
