import type { RecordId } from '../../ids.ts'
import type { Doc } from '../../entry.ts'
import type { Station } from '../../kinds/station.ts'
import { fromBase45, toBase45 } from '../../formats/base45.ts'

/**
 * The rotating code of a post: which station shows it, in which slot of time, and the station's signature (ES256) over
 * station, post and slot. 76 bytes are 119 symbols, a QR code of version 5 at level M.
 */
export interface RotatingCode {
  /** The last eight bytes of the station's record id, hex: enough to find it among those that a phone knows. */
  station: string
  slot: number
  /** r‖s, 64 bytes. */
  signature: Uint8Array<ArrayBuffer>
}

export const rotatingPrefix = 'GP:R:'
export const slotMs = 20_000
/** A code may be so many slots old: reading and pressing take their time. */
const slotsLate = 1
/** And so many early: the station's clock may be a little ahead. */
const slotsEarly = 1

const [tailBytes, slotBytes, signatureBytes] = [8, 4, 64]
const tailDigits = tailBytes * 2

/** The slot of a moment, corrected ms. */
export const slotAt = (at: number): number => Math.floor(at / slotMs)

/** The part of a station's id that its codes name. */
export const stationTail = (station: RecordId): string => station.replaceAll('-', '').slice(-tailDigits)

/** What the station signs. The head keeps it apart from everything else that a phone's key signs. */
export const rotatingText = (station: RecordId, post: RecordId, slot: number): string =>
  `gatepost-rotating.1.${station}.${post}.${slot}`

/** The code's text. `signature` is what the station's key made of `rotatingText`. */
export function makeRotating(station: RecordId, slot: number, signature: Uint8Array): string {
  const bytes = new Uint8Array(tailBytes + slotBytes + signatureBytes)
  const tail = stationTail(station)
  for (let n = 0; n < tailBytes; n++) bytes[n] = Number.parseInt(tail.slice(n * 2, n * 2 + 2), 16)
  new DataView(bytes.buffer).setUint32(tailBytes, slot)
  bytes.set(signature.subarray(0, signatureBytes), tailBytes + slotBytes)
  return rotatingPrefix + toBase45(bytes)
}

/** Reads a code's text; null where it is none. Nothing in it is believed before `rotatingText` was verified. */
export function readRotating(text: string): RotatingCode | null {
  const bytes = text.startsWith(rotatingPrefix) ? fromBase45(text.slice(rotatingPrefix.length)) : null
  if (bytes?.length !== tailBytes + slotBytes + signatureBytes) return null
  const hex = [...bytes.subarray(0, tailBytes)].map((byte) => byte.toString(16).padStart(2, '0'))
  return {
    station: hex.join(''),
    slot: new DataView(bytes.buffer).getUint32(tailBytes),
    signature: bytes.slice(tailBytes + slotBytes),
  }
}

/** The stations that may have shown this code; rarely more than one. */
export const stationsOf = (code: RotatingCode, stations: readonly Doc<Station>[]): Doc<Station>[] =>
  stations.filter((station) => stationTail(station.id) === code.station)

/** Is a code of this slot still good at a moment, corrected ms? One slot late is, three late are not. */
export function isFresh(slot: number, at: number): boolean {
  const age = slotAt(at) - slot
  return age >= -slotsEarly && age <= slotsLate
}
