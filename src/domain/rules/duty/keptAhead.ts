import * as v from 'valibot'
import type { Fact } from '../../entry.ts'
import type { EntryId, MemberId, PostId } from '../../ids.ts'
import { CheckIn } from '../../kinds/checkIn.ts'
import { CheckOut } from '../../kinds/checkOut.ts'
import { cameAt, type Stay } from './book.ts'
import { closingOf } from './ending.ts'
import { comingOf, isPaperwork, type PostFacts, type PostTurn } from './postBook.ts'
import type { StrengthContext } from './strength.ts'

/**
 * What arrives before the logbook was read behind a board that was kept: somebody comes, somebody goes. It is added to what
 * was kept, with the same outcome as a recount. Anything else, such as a correction, needs the facts that the board was
 * made of.
 */
export interface Ahead {
  /** False where it can't tell how the board reads with it; then it has changed nothing, and goes on no more. */
  add(fact: Fact): boolean
  /** Whether codes hold was found out anew: reads again how sure it is of those who came meanwhile. */
  judge(): void
}

const nobodyYet: PostFacts = { turns: [], open: [], came: [], lastAt: -Infinity }

/** Puts one more in order: by time, then by id, as a recount has them. */
function putIn<T extends { id: EntryId; at: number }>(list: readonly T[], one: T): T[] {
  const after = list.findIndex(({ id, at }) => at > one.at || (at === one.at && id > one.id))
  return after < 0 ? [...list, one] : [...list.slice(0, after), one, ...list.slice(after)]
}

const lastAt = (facts: PostFacts, fact: Fact<CheckIn> | Fact<CheckOut>): number =>
  isPaperwork(fact) ? facts.lastAt : Math.max(facts.lastAt, fact.at)

function servedBy(turn: PostTurn, { body }: Stay): PostTurn {
  if (turn.id !== body.shift) return turn
  const came = [body.member, body.instead].filter((one) => one !== undefined)
  return { ...turn, served: [...new Set<MemberId>([...turn.served, ...came])] }
}

/** What stands there of each post. */
type Posts = Map<PostId, PostFacts>

function turnAt(posts: Posts, id: EntryId): PostTurn | undefined {
  for (const { turns } of posts.values()) {
    const turn = turns.find((one) => one.id === id)
    if (turn) return turn
  }
  return undefined
}

/** `turn`: null where they came for none. */
function withStay(facts: PostFacts, stay: Stay, turn: PostTurn | null, context: StrengthContext): PostFacts {
  const { fact, body } = stay
  const { id } = fact
  const at = cameAt(stay)
  const by = isPaperwork(fact) ? undefined : fact.by
  const ends = turn?.ends ?? null
  const closes = closingOf(stay, turn ? { body: turn } : undefined).from
  return {
    turns: facts.turns.map((one) => servedBy(one, stay)),
    open: putIn(facts.open, { id, by, member: body.member, at, ends, closes }),
    came: putIn(facts.came, comingOf(stay, context)),
    lastAt: lastAt(facts, fact),
  }
}

const hasCome = ({ came }: PostFacts, id: EntryId): boolean => came.some((one) => one.id === id)

/** `loose`: what facts point at that had not arrived when the board was kept; see `looseOf`. */
export function createAhead(posts: Posts, loose: ReadonlySet<EntryId>, context: StrengthContext): Ahead {
  const stays = new Map<EntryId, Stay>()
  let lost = false

  function comes(fact: Fact): boolean {
    const body = v.safeParse(CheckIn, fact.body)
    // No board of this version counts it.
    if (!body.success) return true
    const { post, shift } = body.output
    const facts = posts.get(post) ?? nobodyYet
    const turn = shift === undefined ? null : turnAt(posts, shift)
    if (turn === undefined || hasCome(facts, fact.id)) return false
    const read = { ...fact, body: body.output }
    const stay = { fact: read, body: body.output, retracted: false, corrections: [], outs: [], vouches: [] }
    stays.set(fact.id, stay)
    posts.set(post, withStay(facts, stay, turn, context))
    return true
  }

  function goes(fact: Fact): boolean {
    const body = v.safeParse(CheckOut, fact.body)
    if (!body.success) return true
    const id = body.output.checkIn
    const found = [...posts].find(([, { open }]) => open.some((one) => one.id === id))
    if (!found) return false
    const [post, facts] = found
    const open = facts.open.filter((one) => one.id !== id)
    posts.set(post, { ...facts, open, lastAt: lastAt(facts, { ...fact, body: body.output }) })
    return true
  }

  return {
    add(fact) {
      if (lost || loose.has(fact.id)) lost = true
      else if (fact.kind === 'checkIn') lost = !comes(fact)
      else if (fact.kind === 'checkOut') lost = !goes(fact)
      // Units are counted by their own entries, at no post.
      else lost = fact.kind !== 'unitSignIn'
      return !lost
    },
    judge() {
      for (const stay of stays.values()) {
        const facts = posts.get(stay.body.post)
        const came = facts?.came.map((one) => (one.id === stay.fact.id ? comingOf(stay, context) : one))
        if (facts && came) posts.set(stay.body.post, { ...facts, came })
      }
    },
  }
}
