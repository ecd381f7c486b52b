import { defineKind } from '../kind.ts'
import { Correction } from './correction.ts'
import { shift } from './shift.ts'

/** A coordinator changes or cancels a turn; how it was planned before stays readable. */
export const shiftChange = defineKind<Correction>({
  name: 'shiftChange',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  corrects: true,
  ordered: true,
  body: Correction,
  lookup: [],
  write: ['coordinator'],
  read: shift.read,
  keptDays: shift.keptDays,
})
