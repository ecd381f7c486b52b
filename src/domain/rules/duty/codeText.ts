import { isCardText } from './card.ts'
import { rotatingPrefix } from './rotating.ts'
import { plainCode, readShortCode } from './shortCode.ts'

/** What kind of code a text is, before anything in it is believed. */
export type CodeText =
  | { is: 'rotating' | 'card'; text: string }
  /** A poster's address or its short code; `code` as it is written on the post. */
  | { is: 'poster'; code: string }
  /** As long as a short code, and mistyped. */
  | { is: 'mistyped' }
  | { is: 'other' }

const posterPath = /^https?:\/\/[^/?#\s]+\/p\/([^/?#\s]+)\/?(?:[?#]\S*)?$/i
const codeLength = 8

/** The text of a poster's code: an address that any camera opens. `origin` without a slash at its end. */
export const posterText = (origin: string, code: string): string => `${origin}/p/${code}`

/** Reads a code's text as it was scanned. */
export function readCodeText(scanned: string): CodeText {
  const text = scanned.trim()
  if (text.startsWith(rotatingPrefix)) return { is: 'rotating', text }
  if (isCardText(text)) return { is: 'card', text }
  const [, code] = posterPath.exec(text) ?? []
  return code === undefined ? { is: 'other' } : { is: 'poster', code: plainCode(decoded(code)) }
}

/** Reads what somebody typed: a poster's short code, or what a scanner types for its address. */
export function readTypedCode(typed: string): CodeText {
  const scanned = readCodeText(typed)
  if (scanned.is !== 'other') return scanned
  const code = readShortCode(typed)
  if (code !== null) return { is: 'poster', code }
  return plainCode(typed).length === codeLength ? { is: 'mistyped' } : { is: 'other' }
}

/** A stray percent sign is no reason to fail. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
