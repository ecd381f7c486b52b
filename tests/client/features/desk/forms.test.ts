import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLine } from '../../../../src/client/features/desk/attention/readLine.ts'
import { inviteRequest, spans } from '../../../../src/client/features/desk/people/inviteForm.ts'
import { byNeed, isQuiet, quietAfterMs } from '../../../../src/client/features/desk/people/installs.ts'
import {
  gateFields,
  readGate,
  type GateFields,
} from '../../../../src/client/features/desk/places/gateForm.ts'
import {
  buildingOf,
  homeFields,
  oddPlates,
  readHome,
  searchHomes,
} from '../../../../src/client/features/desk/places/homeForm.ts'
import { placeDraft, readPlace } from '../../../../src/client/features/desk/places/placeForm.ts'
import { patchOf } from '../../../../src/client/features/desk/shared/patch.ts'
import { isZone } from '../../../../src/client/features/desk/start/zone.ts'
import { Household } from '../../../../src/domain/kinds/household.ts'
import { gateSettings } from '../../../../src/domain/rules/gate.ts'
import { InviteRequest, type InstallInfo } from '../../../../src/protocol/api.ts'
import * as v from 'valibot'
import { asDoc, community, drafts } from './facts.ts'

const clock = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([h, m]) => `${String(h).padStart(2, '0')}:${String(m).padStart(2, '0')}`)
const minutes = fc.integer({ min: 0, max: 10_080 })
const rules = fc.record(
  {
    ...{ people: fc.constant(true), vehicles: fc.boolean(), temperature: fc.boolean(), code: fc.boolean() },
    ...{ feverAbove: fc.integer({ min: 360, max: 400 }).map((n) => n / 10), purpose: fc.boolean() },
    ...{ couriers: fc.constantFrom('admit' as const, 'refuse' as const), visitorMinutes: minutes },
    ...{ deliveryMinutes: minutes, parkingSpaces: fc.nat(1000), province: fc.constantFrom('甘', '京') },
    doctorPhone: fc.constant('00000000120'),
  },
  { requiredKeys: [] },
)

describe('gate form', () => {
  it('gives back the rules that it was filled from', () => {
    const hours = fc.option(fc.tuple(clock, clock).filter(([a, b]) => a !== b))
    fc.assert(
      fc.property(rules, hours, (some, open) => {
        const gate = { ...some, ...(open ? { opens: open[0], closes: open[1] } : {}) }
        const read = readGate(gateFields('东门', gate), community, gate)
        const expected = gateSettings(gate)
        expect(read.ok && gateSettings(read.value.gate)).toEqual(
          expected.temperature ? expected : { ...expected, feverAbove: 37.3 },
        )
      }),
    )
  })

  it.each<[keyof GateFields, Partial<GateFields>]>([
    ['name', { name: '  ' }],
    ['vehicles', { people: false, vehicles: false }],
    ['feverAbove', { temperature: true, feverAbove: '73.3' }],
    ['feverAbove', { temperature: true, feverAbove: '' }],
    ['closes', { limited: true, opens: '06:00', closes: '06:00' }],
    ['closes', { limited: true, opens: '', closes: '06:00' }],
    ['visitorMinutes', { visitorMinutes: '-1' }],
    ['deliveryMinutes', { deliveryMinutes: '1.5' }],
    ['parkingSpaces', { parkingSpaces: 'many' }],
    ['province', { province: '天' }],
    ['doctorPhone', { doctorPhone: '1'.repeat(31) }],
  ])('names what is wrong: %s %o', (field, wrong) => {
    const read = readGate({ ...gateFields('东门', undefined), ...wrong }, community)
    expect(read.ok ? [] : Object.keys(read.errors)).toEqual([field])
  })

  it('reads full-width digits and a decimal comma, and keeps rules of a newer app', () => {
    const read = readGate(
      { ...gateFields('东门', undefined), temperature: true, feverAbove: '３７,５' },
      community,
      { later: 1 },
    )
    expect(read.ok && read.value.gate).toMatchObject({ feverAbove: 37.5, later: 1 })
  })

  it('takes opening hours away when the switch is off', () => {
    const fields = { ...gateFields('东门', { opens: '06:00', closes: '23:00' }), limited: false }
    const read = readGate(fields, community, { opens: '06:00', closes: '23:00' })
    expect(read.ok && 'opens' in (read.value.gate ?? {})).toBe(false)
  })
})

describe('home form', () => {
  const free = () => false
  const filled = { ...homeFields(null), home: '3号楼2单元501室' }

  it('stores a home in the one form by which it is found', () => {
    const read = readHome({ ...filled, plates: '甘z·a1234，甘ZD12345' }, undefined, free)
    expect(read).toEqual({
      ok: true,
      value: { home: '3-2-501', people: [], plates: ['甘ZA1234', '甘ZD12345'] },
    })
  })

  it('gives back every household of the sample unchanged', () => {
    const homes = drafts.filter((draft) => draft.kind === 'household')
    for (const draft of homes) {
      const body = v.parse(Household, draft.body)
      expect(readHome(homeFields(body), body.building, free)).toEqual({ ok: true, value: body })
    }
    expect(homes).toHaveLength(1000)
  })

  it('says what is wrong: nothing typed, listed already, a phone without a name, heads that are no number', () => {
    const wrong = (fields: Partial<typeof filled>, taken = free as (home: string) => boolean) => {
      const read = readHome({ ...filled, ...fields }, undefined, taken)
      return read.ok ? [] : Object.entries(read.errors).flat()
    }
    expect(wrong({ home: ' ' })).toEqual(['home', 'common.required'])
    expect(wrong({}, (home) => home === '3-2-501')).toEqual(['home', 'desk.home.taken'])
    expect(wrong({ people: [{ name: '', phone: '000' }] })).toEqual(['people', 'desk.home.personWrong'])
    expect(wrong({ heads: 'two' })).toEqual(['heads', 'desk.home.headsWrong'])
    expect(wrong({ people: [{ name: '', phone: '' }] })).toEqual([])
  })

  it('warns of an unusual plate and never forbids it', () => {
    expect(oddPlates('甘ZA1234 使014578 WJ1')).toEqual(['WJ1'])
    expect(readHome({ ...filled, plates: 'WJ1' }, undefined, free).ok).toBe(true)
  })

  it('finds the building by the number that a home begins with', () => {
    const buildings = [
      { id: 'a', name: '13号楼' },
      { id: 'b', name: '3号楼' },
    ]
    expect(buildingOf('3-2-501', buildings)).toBe('b')
    expect(buildingOf('4-2-501', buildings)).toBeUndefined()
    expect(buildingOf('501', buildings)).toBeUndefined()
  })

  it('searches by home and number however they are written, by name and by plate, in order of the numbers', () => {
    const doc = (home: string, name: string, plate: string, phone: string) => ({
      ...asDoc({ kind: 'household', logbook: '', record: home, body: {} }),
      body: { home, people: [{ name, phone }], plates: [plate] },
    })
    const homes = [
      doc('10-1-101', '张示例甲', '甘ZA1111', '138 0000-1111'),
      doc('2-1-101', '李示例乙', '甘ZB2222', '１３９００００２２２２'),
    ]
    const found = (typed: string) => searchHomes(homes, typed).map((home) => home.body.home)
    expect(found('')).toEqual(['2-1-101', '10-1-101'])
    expect(found('2号楼1单元101')).toEqual(['2-1-101'])
    expect(found('张')).toEqual(['10-1-101'])
    expect(found('甘z·b22')).toEqual(['2-1-101'])
    for (const typed of ['13800001111', '138 0000', '0000-1111']) expect(found(typed)).toEqual(['10-1-101'])
    for (const typed of ['139 0000 2222', '２２２２']) expect(found(typed)).toEqual(['2-1-101'])
  })
})

describe('patches', () => {
  it('[FD2] hold only the form’s fields that changed; one that is gone is null', () => {
    const body = fc.dictionary(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.oneof(fc.string(), fc.array(fc.nat(3))),
    )
    fc.assert(
      fc.property(body, body, (before, after) => {
        const patch = patchOf(before, after, ['a', 'b', 'c'])
        for (const field of ['a', 'b', 'c']) {
          const merged = field in patch ? (patch[field] ?? undefined) : before[field]
          expect(merged).toEqual(after[field])
        }
        expect('d' in patch).toBe(false)
      }),
    )
  })

  it('of a place hold its name alone when it was only renamed', () => {
    const before = { level: 'compound', name: '阳光苑', parent: community, later: true }
    const read = readPlace('compound', { name: ' 阳光花园 ', parent: community })
    expect(read.ok && placeDraft('duty/x', community, before, read.value).body).toEqual({ name: '阳光花园' })
    expect(readPlace('building', { name: '', parent: community })).toMatchObject({
      errors: { name: 'common.required' },
    })
    expect(readPlace('building', { name: '3号楼', parent: '' })).toMatchObject({ ok: false })
  })
})

describe('people', () => {
  const install = (more: Partial<InstallInfo>): InstallInfo => ({
    ...{ id: community, member: community, name: '', device: '', enrolled: 0, received: 0, app: null },
    ...{ lastHeard: null, unsent: null, status: 'active' },
    ...more,
  })

  it('shows phones in use before those that are done, the longest silent first', () => {
    const list = [
      install({ status: 'revoked', lastHeard: 1 }),
      install({ lastHeard: 9 }),
      install({ lastHeard: 5 }),
    ]
    expect(list.sort(byNeed).map((one) => one.lastHeard)).toEqual([5, 9, 1])
  })

  it('waits for a phone that was never heard from since it was enrolled, not for a revoked one', () => {
    expect(isQuiet(install({ enrolled: 1 }), 1 + quietAfterMs)).toBe(false)
    expect(isQuiet(install({ enrolled: 1 }), 2 + quietAfterMs)).toBe(true)
    expect(isQuiet(install({ status: 'revoked' }), quietAfterMs * 9)).toBe(false)
  })

  it('[EN1] asks for an invitation that the centre understands', () => {
    for (const span of spans) {
      const request = inviteRequest({ role: 'guard', place: community, name: ' ', span }, null)
      expect(v.is(InviteRequest, request)).toBe(true)
      expect(request).not.toHaveProperty('name')
    }
  })
})

describe('what was put aside', () => {
  it('[PU6] is read as far as it can be and never breaks the screen', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (line) => void readLine(line)))
    expect(readLine('{"kind":"passage","body":{"home":"3-1"}')).toBeNull()
    expect(readLine('{"kind":"passage","body":{"home":"3-1"}}')).toMatchObject({
      kind: 'passage',
      body: { home: '3-1' },
    })
  })
})

it('knows a zone from a typing error', () => {
  expect([isZone('Asia/Shanghai'), isZone('Asia/Shanghia'), isZone('')]).toEqual([true, false, false])
})
