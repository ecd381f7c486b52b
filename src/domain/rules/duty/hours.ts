import type { Fact } from '../../entry.ts'
import { byArrival } from '../correct.ts'
import type { Noted, Stay, Turn } from './book.ts'
import { cameAt } from './book.ts'
import { endOf, isPlanned } from './ending.ts'
import { isConfirmed, strengthOf, type StrengthContext } from './strength.ts'

export interface Minutes {
  /** Whole minutes from arrival to end, or to `now` while somebody is there. */
  minutes: number
  /** Counts without anybody's further word. */
  confirmed: boolean
  /** `hand`: one of the two times was written down by a person. Kept apart in every sum and export. */
  measured: 'system' | 'hand'
  /** False: nobody knows when they left, so the minutes are 0 until somebody says. */
  known: boolean
}

const minuteMs = 60_000
/** A century: times that somebody wrote down may be anything, and their sum has to stay a number. */
const most = 100 * 366 * 24 * 60
type Word = Pick<Fact, 'id' | 'seq' | 'at' | 'by'>

/** Who said last what a field holds: in a correction or, where it was said at once, in the fact itself. */
function saidBy<B extends Record<string, unknown>>(noted: Noted<B>, field: keyof B & string): Word | null {
  const correction = noted.corrections.findLast(({ body }) => body.patch && Object.hasOwn(body.patch, field))
  return correction ?? (noted.fact.body[field] === undefined ? null : noted.fact)
}

/**
 * Times that only the person themselves says and that reach beyond their turn (or beyond what was measured, where they
 * have none) wait for another's word: one that came after theirs.
 */
function waitsForWord(stay: Stay, turn: Turn | undefined): boolean {
  const { member, came } = stay.body
  const [out] = stay.outs
  const words = [
    came !== undefined && came < (turn?.body.starts ?? stay.fact.at) ? saidBy(stay, 'came') : null,
    out?.body.left !== undefined && out.body.left > (turn?.body.ends ?? -Infinity)
      ? saidBy(out, 'left')
      : null,
  ]
  const others = stay.vouches.filter((vouch) => vouch.by !== member)
  return words.some(
    (word) => word !== null && word.by === member && !others.some((other) => byArrival(word, other) < 0),
  )
}

/** The minutes of one stay by `now`, corrected ms. Counted is who was there, before and after the turn as well. */
export function minutesOf(
  stay: Stay,
  turn: Turn | undefined,
  now: number,
  context: StrengthContext = {},
): Minutes {
  const ending = endOf(stay, turn, now)
  const known = ending?.how !== 'auto' || isPlanned(stay, turn)
  const lasted = (ending?.at ?? now) - cameAt(stay)
  const byHand = stay.body.way === 'hand' || stay.body.way === 'paper'
  const said = stay.body.came !== undefined || ending?.how === 'said'
  return {
    minutes: known ? Math.min(most, Math.max(0, Math.floor(lasted / minuteMs))) : 0,
    confirmed: isConfirmed(strengthOf(stay, context)) && !waitsForWord(stay, turn),
    measured: byHand || said ? 'hand' : 'system',
    known,
  }
}

export interface HoursSum {
  confirmed: number
  /** Waits for somebody's word. */
  unconfirmed: number
  /** How much of both was written down by hand. */
  byHand: number
  /** Stays of which nobody knows the end. */
  unknown: number
}

/** Minutes added up, with what is not certain kept apart. */
export function sumOf(all: readonly Minutes[]): HoursSum {
  const sum = { confirmed: 0, unconfirmed: 0, byHand: 0, unknown: 0 }
  for (const { minutes, confirmed, measured, known } of all) {
    sum[confirmed ? 'confirmed' : 'unconfirmed'] += minutes
    if (measured === 'hand') sum.byHand += minutes
    if (!known) sum.unknown += 1
  }
  return sum
}
