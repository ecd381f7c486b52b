import type { Doc } from '../../../domain/entry.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import type { CheckIn } from '../../../domain/kinds/checkIn.ts'
import { readCodeText, readTypedCode, type CodeText } from '../../../domain/rules/duty/codeText.ts'
import type { SignedCard } from '../../../domain/rules/duty/card.ts'
import { voidSince } from '../../../domain/rules/duty/lostCards.ts'
import type { CheckIns } from './useCheckIns.ts'

/** How a text came in. A poster's address that the phone's own camera opened counts as scanned. */
export type Source = 'scanned' | 'typed'

/**
 * What a code says. `stale`: a rotating code of ours that is too old, such as a photograph of it. `unknownPost`: looks
 * like a poster of ours, and this phone knows no such post.
 */
export type Read =
  | { is: 'post' | 'stale'; post: Doc<Post>; way: CheckIn['way']; proof?: string }
  | { is: 'card'; card: SignedCard; text: string }
  /** It was lost and made void then, ms. */
  | { is: 'lostCard'; since: number }
  | { is: 'expiredCard' | 'unknownPost' | 'mistyped' | 'other' }

async function readRotating(text: string, { store, stations, post, exact }: CheckIns): Promise<Read> {
  const check = await store.codes.checkRotating(text, stations.value, exact())
  const found = check.is === 'wrong' ? undefined : post(check.station.body.post)
  if (!found) return { is: 'other' }
  return check.is === 'good'
    ? { is: 'post', post: found, way: 'rotating', proof: text }
    : { is: 'stale', post: found, way: 'printed', proof: text }
}

async function readCard(text: string, { store, exact, lostCards }: CheckIns): Promise<Read> {
  const check = await store.codes.checkCard(text, exact())
  if (check.is === 'wrong') return { is: 'other' }
  const since = voidSince(
    check.card,
    lostCards.value.map(({ body }) => body),
  )
  if (since !== null) return { is: 'lostCard', since }
  return check.is === 'good' ? { is: 'card', card: check.card, text } : { is: 'expiredCard' }
}

function readPoster(code: string, source: Source, { posts }: CheckIns): Read {
  const post = posts.value.find(({ body }) => body.code === code)
  return post ? { is: 'post', post, way: source === 'typed' ? 'typed' : 'printed' } : { is: 'unknownPost' }
}

function resolve(code: CodeText, source: Source, checkIns: CheckIns): Promise<Read> | Read {
  if (code.is === 'rotating') return readRotating(code.text, checkIns)
  if (code.is === 'card') return readCard(code.text, checkIns)
  return code.is === 'poster' ? readPoster(code.code, source, checkIns) : { is: code.is }
}

/** Reads a code by what this phone knows; nothing of it needs a network. */
export const readCode = async (text: string, source: Source, checkIns: CheckIns): Promise<Read> =>
  resolve(source === 'typed' ? readTypedCode(text) : readCodeText(text), source, checkIns)
