import { defineKind } from '../kind.ts'
import { Correction, maskedPatch } from './correction.ts'

/**
 * What a correction is at a gate, an amendment is in the duty logbook: of check-ins and hours. Anybody may write one and
 * both versions stay readable with who said what; a turn itself is changed by a `shiftChange`.
 */
export const amendment = defineKind<Correction>({
  name: 'amendment',
  version: 1,
  logbook: 'duty',
  nature: 'fact',
  corrects: true,
  ordered: true,
  body: Correction,
  lookup: [],
  write: ['volunteer', 'guard', 'gridWorker', 'coordinator'],
  read: {
    volunteer: 'masked',
    guard: 'masked',
    gridWorker: 'masked',
    coordinator: 'full',
    supervisor: 'masked',
  },
  mask: ({ note: _note, ...body }) => (body.patch ? { ...body, patch: maskedPatch(body.patch) } : body),
  keptDays: { phone: 60, centre: null },
})
