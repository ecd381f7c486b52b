import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCursor, writeCursor } from '../../src/protocol/cursor.ts'

it('[PL3] a cursor is read as it was written', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.uuid(), fc.nat(), (epoch, place, seq) => {
      const cursor = { epoch, logbook: `gate/${place}`, seq }
      expect(readCursor(writeCursor(cursor))).toEqual(cursor)
    }),
  )
})

it.each(['', 'a', 'a.b', 'a.b.-1', 'a.b.x', 'a.b.1.5', 'a.b.', 'a..1', '.b.1'])('%j is no cursor', (text) => {
  expect(readCursor(text)).toBeNull()
})
