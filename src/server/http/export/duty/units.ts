import type { DutyBook } from '../../../../domain/rules/duty/book.ts'
import { signedAt, type SignIn } from '../../../../domain/rules/duty/units.ts'
import type { Cells } from '../sheet.ts'
import { said, when, type DutyContext } from './context.ts'
import type { Span } from './read.ts'

/** Sign-ins of units in the span, by their time; those that were taken back say so. */
export const signIns = (book: DutyBook, { from, to }: Span): SignIn[] =>
  [...book.units.values()]
    .filter((signIn) => signedAt(signIn) >= from && signedAt(signIn) < to)
    .sort((a, b) => signedAt(a) - signedAt(b) || (a.fact.id < b.fact.id ? -1 : 1))

/** One line; heads without names stand apart from those who were named. */
export function signInCells(signIn: SignIn, { zone, words, posts, units, members }: DutyContext): Cells {
  const { body, fact, retracted, corrections } = signIn
  const { day, clock } = when(signedAt(signIn), zone)
  const unit = units.get(body.unit)
  const standing = retracted ? 'retracted' : corrections.length > 0 ? 'yes' : undefined
  return {
    date: day,
    time: clock,
    unit: unit?.name,
    parent: units.get(unit?.parent ?? '')?.name,
    post: posts.get(body.post ?? '')?.name,
    named: body.names.length,
    heads: body.heads,
    names: body.names.map((person) => members.get(person.member ?? '') ?? person.name).join(' '),
    way: said(words, 'way', body.way),
    note: body.note,
    corrected: said(words, 'corrected', standing),
    headsFirst: fact.body.heads === body.heads ? undefined : fact.body.heads,
    recorder: members.get(fact.by) ?? '',
    clock: fact.flags.includes('skew') ? said(words, 'clock', 'skew') : '',
  }
}
