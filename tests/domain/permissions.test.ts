import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindNames, kindOf } from '../../src/domain/kinds/index.ts'
import { logbookId } from '../../src/domain/logbooks.ts'
import { roles, type Grant, type Role } from '../../src/domain/members.ts'
import {
  acts,
  asMember,
  holds,
  mayAct,
  mayGrant,
  mayWrite,
  readable,
  rolesAt,
  viewOf,
} from '../../src/domain/permissions.ts'

const uuid = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`
const [county, community, compound, other] = [uuid(1), uuid(2), uuid(3), uuid(4)]
const path = [compound, community, county]
const grant = (role: Role, place = community): Grant => ({ role, place })
const kinds = kindNames.map((name) => kindOf(name)).filter((kind) => kind !== null)

describe('grants', () => {
  it('reach their place and everything below, and nothing beside it', () => {
    expect(rolesAt({ grants: [grant('guard', compound)], path })).toEqual(['guard'])
    expect(rolesAt({ grants: [grant('guard', compound)], path: [community, county] })).toEqual([])
    expect(rolesAt({ grants: [grant('guard', other)], path })).toEqual([])
  })

  it('for one compound still make a member, who keeps the community’s duty logbook and nothing more of it', () => {
    const grants = asMember([grant('guard', compound)], community)
    const home = { grants, path: [community, county] }
    expect(holds(logbookId('duty', community), home)).toBe(true)
    expect(holds(logbookId('people', community), home)).toBe(false)
    expect(holds(logbookId('gate', other), { grants, path: [other, community, county] })).toBe(false)
    expect(asMember([], community)).toEqual([])
    expect(asMember([grant('guard')], community)).toEqual([grant('guard')])
  })

  it('never add up to less: one more grant takes no view and no right away', () => {
    const anyGrant = fc.record({ role: fc.constantFrom(...roles), place: fc.constantFrom(...path, other) })
    fc.assert(
      fc.property(fc.array(anyGrant, { maxLength: 4 }), anyGrant, (grants, more) => {
        for (const kind of kinds) {
          const [before, after] = [
            { grants, path },
            { grants: [...grants, more], path },
          ]
          if (mayWrite(kind, before)) expect(mayWrite(kind, after)).toBe(true)
          if (viewOf(kind, before) === 'full') expect(viewOf(kind, after)).toBe('full')
          if (viewOf(kind, before) === 'masked') expect(viewOf(kind, after)).not.toBeNull()
        }
      }),
    )
  })
})

describe('roles', () => {
  it('a volunteer sees no home, no gate log and no phone number', () => {
    const standing = { grants: [grant('volunteer')], path }
    expect(holds(logbookId('homes', compound), standing)).toBe(false)
    expect(holds(logbookId('gate', compound), standing)).toBe(false)
    expect(holds(logbookId('people', community), standing)).toBe(false)
    expect(holds(logbookId('duty', community), standing)).toBe(true)
  })

  it('a guard sees households masked and may not change them', () => {
    const standing = { grants: [grant('guard', compound)], path }
    expect(readable(logbookId('homes', compound), standing)).toEqual(new Map([['household', 'masked']]))
    const household = kindOf('household')
    expect(household && mayWrite(household, standing)).toBe(false)
  })

  it('only a coordinator does the acts that are not entries, a supervisor may look at phones', () => {
    const allowed = Object.fromEntries(
      roles.map((role) => [role, acts.filter((act) => mayAct(act, { grants: [grant(role)], path }))]),
    )
    expect(allowed).toEqual({
      volunteer: [],
      guard: [],
      gridWorker: [],
      coordinator: [...acts],
      supervisor: ['listInstalls', 'status'],
    })
  })

  it('every kind can be written by somebody and read by somebody', () => {
    for (const kind of kinds) {
      expect(kind.write.length, kind.name).toBeGreaterThan(0)
      expect(Object.keys(kind.read).length, kind.name).toBeGreaterThan(0)
    }
  })
})

describe('handing out roles', () => {
  const pathOf = (place: string) => path.slice(path.indexOf(place))

  it('a coordinator hands out roles in their own place and below, never above or beside', () => {
    const mine = [grant('coordinator', community)]
    expect(mayGrant(mine, [grant('guard', compound), grant('coordinator', community)], pathOf)).toBe(true)
    expect(mayGrant(mine, [grant('guard', county)], pathOf)).toBe(false)
    expect(mayGrant(mine, [grant('guard', other)], () => [other])).toBe(false)
  })

  it('nobody but a coordinator hands out anything; a supervisor sees no more than they do', () => {
    for (const role of roles.filter((r) => r !== 'coordinator')) {
      expect(mayGrant([grant(role)], [grant('volunteer', compound)], pathOf), role).toBe(false)
    }
    expect(mayGrant([grant('coordinator')], [grant('supervisor')], pathOf)).toBe(true)
  })
})
