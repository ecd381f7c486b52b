import type { Draft } from '../../src/domain/entry.ts'
import { gateBook, homesBook, samplePost } from './fakeCentre.ts'

/** A passage as a guard logs it. */
export const passageDraft = (note = 'sample'): Draft => ({
  kind: 'passage',
  logbook: gateBook,
  body: { post: samplePost, way: 'in', subject: 'person', how: 'none', decision: 'admit', note },
})

export const passageDrafts = (count: number): Draft[] =>
  Array.from({ length: count }, (_, i) => passageDraft(`sample ${i}`))

/** A patch of a home. */
export const homeDraft = (record: string, body: Record<string, unknown>): Draft => ({
  kind: 'household',
  logbook: homesBook,
  record,
  body,
})
