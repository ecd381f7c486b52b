import type { DutyBook, Stay, Turn } from '../../../../domain/rules/duty/book.ts'
import { cameAt, staysOf } from '../../../../domain/rules/duty/book.ts'
import { countedOf } from '../../../../domain/rules/duty/counted.ts'
import { endOf, turnOf } from '../../../../domain/rules/duty/ending.ts'
import { strengthOf, witnessesOf } from '../../../../domain/rules/duty/strength.ts'
import type { Cells } from '../sheet.ts'
import { moment, said, when, type DutyContext } from './context.ts'
import type { Span } from './read.ts'

/** The four kinds of minutes that are never added to each other. */
export const measures = ['confirmedSystem', 'confirmedHand', 'openSystem', 'openHand'] as const
export type Measure = (typeof measures)[number]

export interface MeasuredStay {
  stay: Stay
  turn: Turn | undefined
  measure: Measure
  minutes: number
  /** False: nobody knows when they left. */
  known: boolean
}

/** Stays that began in the span, by their beginning, each with its minutes and what these rest on. */
export function measured(
  book: DutyBook,
  { from, to }: Span,
  { now, trust }: Pick<DutyContext, 'now' | 'trust'>,
): MeasuredStay[] {
  const stays = staysOf(book)
  const counted = countedOf(stays, (stay) => turnOf(book, stay), now, trust)
  return stays.flatMap((stay) => {
    const its = counted.get(stay.fact.id)
    if (!its || cameAt(stay) < from || cameAt(stay) >= to) return []
    const { minutes, confirmed, measured: how, known } = its
    const measure: Measure = `${confirmed ? 'confirmed' : 'open'}${how === 'hand' ? 'Hand' : 'System'}`
    return [{ stay, turn: turnOf(book, stay), measure, minutes, known }]
  })
}

/** What was written first; '' where nothing was put right since. */
function originally({ stay }: MeasuredStay, zone: string): { came: string; left: string } {
  const [out] = stay.outs
  const wasCame = stay.fact.body.came ?? stay.fact.at
  const wasLeft = out && (out.fact.body.left ?? out.fact.at)
  const isLeft = out && (out.body.left ?? out.fact.at)
  return {
    came: wasCame === cameAt(stay) ? '' : moment(wasCame, zone),
    left: wasLeft === undefined || wasLeft === isLeft ? '' : moment(wasLeft, zone),
  }
}

const namesOf = (ids: readonly string[], { members }: DutyContext): string =>
  ids.flatMap((id) => members.get(id) ?? []).join(' ')

function ends(one: MeasuredStay, { zone, words, now }: DutyContext): Cells {
  const ending = endOf(one.stay, one.turn, now)
  if (!ending) return { ended: said(words, 'end', 'here') }
  return { left: moment(ending.at, zone), ended: said(words, 'end', one.known ? ending.how : 'unknown') }
}

function planned({ stay, turn }: MeasuredStay, context: DutyContext): Cells {
  const { zone, words, members } = context
  if (!turn) return { turn: said(words, 'turn', 'none') }
  return {
    turn: `${moment(turn.body.starts, zone)}–${when(turn.body.ends, zone).clock}`,
    instead: stay.body.instead === undefined ? '' : (members.get(stay.body.instead) ?? ''),
  }
}

/** One line of the check-ins: as it reads now, and beside it what was written first. */
export function stayCells(one: MeasuredStay, context: DutyContext): Cells {
  const { stay, measure, minutes } = one
  const { zone, words, posts, places, units, members } = context
  const { body, fact } = stay
  const post = posts.get(body.post)
  const before = originally(one, zone)
  const corrected = stay.corrections.length > 0 || stay.outs.some((out) => out.corrections.length > 0)
  return {
    date: when(cameAt(stay), zone).day,
    activity: post?.label ?? said(words, 'type', post?.type),
    post: post?.name,
    place: places.get(post?.place ?? '')?.name,
    name: members.get(body.member ?? '') ?? body.name,
    unit: units.get(body.unit ?? '')?.name,
    came: moment(cameAt(stay), zone),
    ...ends(one, context),
    ...planned(one, context),
    [measure]: minutes,
    strength: said(words, 'strength', strengthOf(stay, context.trust)),
    way: said(words, 'way', body.way),
    witnesses: namesOf(witnessesOf(stay), context),
    note: body.note,
    corrected: corrected ? said(words, 'corrected', 'yes') : '',
    cameFirst: before.came,
    leftFirst: before.left,
    recorder: members.get(fact.by) ?? '',
    clock: fact.flags.includes('skew') ? said(words, 'clock', 'skew') : '',
  }
}

/** One line for each person: their minutes of the span, kept apart by what they rest on. Also those without a membership. */
export function hourCells(all: readonly MeasuredStay[], context: DutyContext): Cells[] {
  const people = new Map<string, MeasuredStay[]>()
  for (const one of all) {
    const { member, name } = one.stay.body
    const key = member ?? `name ${name}`
    people.set(key, [...(people.get(key) ?? []), one])
  }
  return [...people.values()]
    .map((list) => personCells(list, context))
    .sort((a, b) => (String(a['name']) < String(b['name']) ? -1 : 1))
}

function personCells(list: readonly MeasuredStay[], { zone, members, words }: DutyContext): Cells {
  const [first] = list
  const { member = '', name = '' } = first?.stay.body ?? {}
  const minutes: Partial<Record<Measure, number>> = {}
  for (const one of list) minutes[one.measure] = (minutes[one.measure] ?? 0) + one.minutes
  return {
    name: members.get(member) ?? name,
    person: said(words, 'person', member === '' ? 'guest' : 'member'),
    days: new Set(list.map(({ stay }) => when(cameAt(stay), zone).day)).size,
    stays: list.length,
    ...minutes,
    unknown: list.filter(({ known }) => !known).length,
  }
}
