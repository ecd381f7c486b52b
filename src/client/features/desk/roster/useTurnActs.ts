import type { Draft } from '../../../../domain/entry.ts'
import type { Assignment } from '../../../../domain/kinds/assignment.ts'
import type { Turn } from '../../../../domain/rules/duty/book.ts'
import type { Copied } from '../../../../domain/rules/duty/plan.ts'
import { staffedTurn } from '../../../../domain/rules/duty/roster.ts'
import type { DutyBook } from '../../../../domain/rules/duty/book.ts'
import type { LogbookId, MemberId } from '../../../../domain/ids.ts'
import type { Shift } from '../../../../domain/kinds/shift.ts'
import { newId } from '../shared/ids.ts'
import { useSave } from '../shared/useSave.ts'

type Who = { member: MemberId; name: string }

const assigned = (logbook: LogbookId, shift: string, who: Who, more: Partial<Assignment>): Draft => ({
  kind: 'assignment',
  logbook,
  body: { shift, member: who.member, name: who.name, act: 'assign', placement: 'manual', ...more },
})

/** Turns made in one go, with an id each that their people can name. */
export const turnDrafts = (logbook: LogbookId, shifts: readonly Shift[]): (Draft & { id: string })[] => {
  const series = newId()
  return shifts.map((shift) => ({ id: newId(), kind: 'shift', logbook, body: { ...shift, series } }))
}

/** A copied week; with its people, where they hold a place in the turn that was copied. */
export function copyDrafts(
  logbook: LogbookId,
  copies: readonly Copied[],
  book: DutyBook,
  withPeople: boolean,
): Draft[] {
  const turns = turnDrafts(
    logbook,
    copies.map((copy) => copy.shift),
  )
  if (!withPeople) return turns
  const people = copies.flatMap(({ from }, n) =>
    (staffedTurn(book, from.fact.id)?.seats.holders ?? []).map((seat) =>
      assigned(logbook, turns[n]?.id ?? '', seat, { leads: seat.leads }),
    ),
  )
  return [...turns, ...people]
}

/** What a coordinator does with one turn. Each act is an entry of its own, so that every version stays readable. */
export function useTurnActs() {
  const { save, busy, failed } = useSave()
  const change = (turn: Turn, body: Record<string, unknown>): Promise<boolean> =>
    save([{ kind: 'shiftChange', logbook: turn.fact.logbook, body: { target: turn.fact.id, ...body } }])
  return {
    busy,
    failed,
    save,
    assign: (turn: Turn, who: Who, leads = false) =>
      save([assigned(turn.fact.logbook, turn.fact.id, who, { leads })]),
    unassign: (turn: Turn, who: Who) =>
      save([assigned(turn.fact.logbook, turn.fact.id, who, { act: 'unassign' })]),
    patch: (turn: Turn, patch: Record<string, unknown>) =>
      Object.keys(patch).length === 0 ? Promise.resolve(true) : change(turn, { patch }),
    cancel: (turn: Turn) => change(turn, { retract: true }),
  }
}
