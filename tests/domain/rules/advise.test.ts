import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { advise, type PassageDraft } from '../../../src/domain/rules/advise.ts'
import { gateDefaults, gateSettings } from '../../../src/domain/rules/gate.ts'
import { isOpen } from '../../../src/domain/rules/hours.ts'
import { clockMinutes, localTime } from '../../../src/domain/rules/localTime.ts'
import { isFever, isImplausible } from '../../../src/domain/rules/temperature.ts'

const noon = { minute: 720, vehiclesInside: 0 }
const resident: PassageDraft = {
  way: 'in',
  subject: 'person',
  how: 'home',
  home: '3-2-501',
  purpose: 'resident',
}

describe('temperature', () => {
  it('fever is above the threshold, not at it', () => {
    expect(isFever(37.3, 37.3)).toBe(false)
    expect(isFever(37.4, 37.3)).toBe(true)
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 450 }), fc.integer({ min: 360, max: 400 }), (a, b) => {
        expect(isFever(a / 10, b / 10)).toBe(a > b)
      }),
    )
  })
  it('is implausible below 35.0 and above 42.0', () => {
    expect([34.9, 35.0, 36.5, 42.0, 42.1].map(isImplausible)).toEqual([true, false, false, false, true])
  })
})

describe('opening hours', () => {
  it('reach across midnight', () => {
    const night = { opens: '22:00', closes: '06:00' }
    const at = (clock: string) => isOpen(night, clockMinutes(clock))
    expect(['21:59', '22:00', '23:59', '00:00', '05:59', '06:00'].map(at)).toEqual([
      false,
      true,
      true,
      true,
      true,
      false,
    ])
  })
  it('are the complement of the hours between closing and opening, at every minute', () => {
    const clock = fc
      .integer({ min: 0, max: 1439 })
      .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
    fc.assert(
      fc.property(clock, clock, fc.integer({ min: 0, max: 1439 }), (opens, closes, minute) => {
        fc.pre(opens !== closes)
        expect(isOpen({ opens, closes }, minute)).toBe(!isOpen({ opens: closes, closes: opens }, minute))
      }),
    )
  })
  it('count the opening minute and not the closing one', () => {
    const day = { opens: '08:00', closes: '20:00' }
    const at = (clock: string) => isOpen(day, clockMinutes(clock))
    expect(['07:59', '08:00', '19:59', '20:00'].map(at)).toEqual([false, true, true, false])
  })
  it('without both ends, or with both alike, are the whole day', () => {
    expect(isOpen({}, 0)).toBe(true)
    expect(isOpen({ opens: '08:00' }, 0)).toBe(true)
    expect(isOpen({ opens: '08:00', closes: '08:00' }, 0)).toBe(true)
  })
  it("are reckoned in the community's zone", () => {
    const at = Date.UTC(2026, 10, 21, 16, 30)
    expect(localTime(at, 'Asia/Shanghai')).toEqual({ day: '2026-11-22', minute: 30 })
    expect(localTime(at, 'UTC')).toEqual({ day: '2026-11-21', minute: 990 })
  })
})

describe('advice at the gate', () => {
  it('is nothing against an ordinary resident', () => {
    expect(advise(gateSettings({}), { ...resident, celsius: 36.5 }, noon)).toEqual([])
  })
  it('names fever first', () => {
    const gate = gateSettings({ opens: '08:00', closes: '11:00' })
    expect(advise(gate, { ...resident, celsius: 37.8 }, noon)).toEqual(['fever', 'hours'])
  })
  it('refuses couriers only where the gate does, and only on the way in', () => {
    const courier: PassageDraft = { ...resident, purpose: 'delivery' }
    expect(advise(gateSettings({}), courier, noon)).toEqual([])
    expect(advise(gateSettings({ couriers: 'refuse' }), courier, noon)).toEqual(['courier'])
    expect(advise(gateSettings({ couriers: 'refuse' }), { ...courier, way: 'out' }, noon)).toEqual([])
  })
  it('minds the colour that was seen, the parking spaces and a visitor whom nobody can name', () => {
    const gate = gateSettings({ parkingSpaces: 2 })
    expect(advise(gate, { ...resident, code: 'red' }, noon)).toEqual(['code'])
    expect(advise(gate, { ...resident, code: 'green' }, noon)).toEqual([])
    const car: PassageDraft = { way: 'in', subject: 'vehicle', how: 'plate', plate: '甘FD2107' }
    expect(advise(gate, car, { ...noon, vehiclesInside: 1 })).toEqual([])
    expect(advise(gate, car, { ...noon, vehiclesInside: 2 })).toEqual(['full'])
    expect(advise(gate, { way: 'in', subject: 'person', how: 'none', purpose: 'visitor' }, noon)).toEqual([
      'unknownVisitor',
    ])
  })
  it('advises nobody to be kept inside but for a measured fever', () => {
    const draft = fc.record({
      subject: fc.constantFrom('person', 'vehicle'),
      purpose: fc.constantFrom('resident', 'visitor', 'delivery', 'service', 'other'),
      code: fc.constantFrom('green', 'yellow', 'red', 'none'),
    })
    const gate = gateSettings({ couriers: 'refuse', opens: '01:00', closes: '02:00', parkingSpaces: 0 })
    fc.assert(
      fc.property(draft, fc.integer({ min: 0, max: 1439 }), (d, minute) => {
        expect(advise(gate, { ...d, way: 'out', how: 'none' }, { minute, vehiclesInside: 9 })).toEqual([])
      }),
    )
  })
  it('fills in what a gate leaves open, and asks for both where it asks for nothing', () => {
    expect(gateSettings(undefined)).toEqual(gateDefaults)
    expect(gateSettings({ temperature: true, feverAbove: undefined })).toMatchObject({
      temperature: true,
      feverAbove: 37.3,
    })
    expect(gateSettings({ people: false, vehicles: false })).toMatchObject({ people: true, vehicles: true })
  })
})
