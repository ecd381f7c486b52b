import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dialable, parseMobile } from '../../../src/domain/formats/phone.ts'
import { isResidentId, lastFour } from '../../../src/domain/formats/residentId.ts'
import * as temperature from '../../../src/domain/formats/temperature.ts'

describe('resident numbers (GB 11643)', () => {
  it.each(['11010519491231002X', '11010519491231002x', '440524188001010014', '330106200002291232'])(
    '%s is one',
    (text) => expect(isResidentId(text)).toBe(true),
  )
  it.each(['11010519491231003X', '33010620010229123X', '1101051949123100', ''])('%s is none', (text) =>
    expect(isResidentId(text)).toBe(false),
  )
  it('a wrong digit is noticed wherever it stands', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = [...'11010519491231002X']
        digits[at] = String((Number(digits[at]) + by) % 10)
        expect(isResidentId(digits.join(''))).toBe(false)
      }),
    )
  })
  it('leaves the last four for the gate', () => expect(lastFour(' 1101051949123100 2x')).toBe('002X'))
})

describe('phones', () => {
  it.each(['13800138000', '+86 138 0013 8000', '86-138-0013-8000', '１３８００１３８０００'])('%s', (text) =>
    expect(parseMobile(text)).toBe('13800138000'),
  )
  it('a masked number cannot be called', () => {
    expect(parseMobile('138****8000')).toBeNull()
    expect(dialable('138****8000')).toBeNull()
    expect(dialable('0931-8888888')).toBe('09318888888')
    expect(dialable('120')).toBe('120')
  })
})

describe('a temperature in two taps', () => {
  it('36 and .5 is 36.5, and every pair is exactly its tenths', () => {
    fc.assert(
      fc.property(fc.integer({ min: 33, max: 42 }), fc.integer({ min: 0, max: 9 }), (whole, tenth) => {
        const typed = temperature.tapTenth(temperature.tapWhole(whole), tenth)
        expect(temperature.typedCelsius(typed)?.toFixed(1)).toBe(`${whole}.${tenth}`)
      }),
    )
  })
  it('is no value after one tap, and a tenth alone is none', () => {
    expect(temperature.typedCelsius(temperature.tapWhole(36))).toBeNull()
    expect(temperature.tapTenth(temperature.nothingTyped, 5)).toEqual(temperature.nothingTyped)
  })
  it('a new whole drops the old tenth; back takes one tap away', () => {
    const first = temperature.tapTenth(temperature.tapWhole(36), 5)
    expect(temperature.tapWhole(37).tenth).toBeNull()
    expect(temperature.tapBack(first)).toEqual({ whole: 36, tenth: null })
    expect(temperature.tapBack(temperature.tapBack(first))).toEqual(temperature.nothingTyped)
  })
  it('365 on a keyboard is 36.5', () => {
    let state = { typed: temperature.nothingTyped, digits: '' }
    for (const digit of [3, 6, 5]) state = temperature.typeDigit(state.typed, state.digits, digit)
    expect(temperature.typedCelsius(state.typed)).toBe(36.5)
  })
})
