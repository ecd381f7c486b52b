import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import { correctedAt, Envelope } from '../../src/domain/entry.ts'

const id = '00000000-0000-7000-8000-000000000001'
const entry = { id, kind: 'passage', v: 1, logbook: `gate/${id}`, at: 0, by: id, body: {} }
const farthest = 8.64e15

it('[TI1] every time that a device can say is taken, whatever year it believes in', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (date) => {
      expect(v.is(Envelope, { ...entry, at: date.getTime() })).toBe(true)
    }),
  )
})

it('a number that is no time is no entry: one such row would break every pull that reaches it', () => {
  for (const at of [2 ** 60, -(2 ** 60), 1.5, NaN, Infinity]) {
    expect(v.is(Envelope, { ...entry, at }), String(at)).toBe(false)
    expect(v.is(Envelope, { ...entry, off: at }), String(at)).toBe(false)
  }
})

it('a corrected time is always a time', () => {
  const span = fc.integer({ min: -farthest, max: farthest })
  fc.assert(
    fc.property(span, fc.option(span, { nil: undefined }), (at, off) => {
      expect(Number.isNaN(new Date(correctedAt(at, off)).getTime())).toBe(false)
    }),
  )
})
