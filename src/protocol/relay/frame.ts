import { fromBase45, toBase45 } from '../../domain/formats/base45.ts'

/** What a code on a screen begins with ([RL6]). The rest is base45, so that a QR code needs 5.5 bits a letter. */
const start = 'GP:F:'
/** Bytes of content in one frame. With its head and in its letters a frame is 298 characters. */
export const frameBytes = 180
export const frameMaxLetters = 300
/** The largest content that frames carry: their head has three bytes for its length. */
export const relayMaxBytes = 12 * 1024 * 1024

const [idBytes, headBytes] = [8, 15]
const formatVersion = 1

/** One picture of a series: a block of the fountain code over a content. */
export interface Frame {
  /** First bytes of the SHA-256 of what is handed over: frames of one thing belong together. */
  id: Uint8Array
  /** Of the content, bytes. */
  length: number
  /** Which block of the fountain code. */
  n: number
  block: Uint8Array
}

const three = (value: number): number[] => [(value >> 16) & 255, (value >> 8) & 255, value & 255]
const number = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum * 256 + byte, 0)

export const frameId = (digest: Uint8Array): Uint8Array => digest.slice(0, idBytes)

/** Frame numbers begin again after this many. */
export const framesMost = 2 ** 24

export const writeFrame = ({ id, length, n, block }: Frame): string =>
  start + toBase45(new Uint8Array([formatVersion, ...id, ...three(length), ...three(n), ...block]))

/** Null where the text is no frame of this version. */
export function readFrame(text: string): Frame | null {
  if (!text.startsWith(start) || text.length > frameMaxLetters) return null
  const bytes = fromBase45(text.slice(start.length))
  if (!bytes || bytes.length !== headBytes + frameBytes || bytes[0] !== formatVersion) return null
  const length = number(bytes.slice(1 + idBytes, 4 + idBytes))
  if (length < 1 || length > relayMaxBytes) return null
  return {
    id: bytes.slice(1, 1 + idBytes),
    length,
    n: number(bytes.slice(4 + idBytes, headBytes)),
    block: bytes.slice(headBytes),
  }
}
