import { describe, expect, it } from 'vitest'
import { landingFor } from '../../../../src/client/features/home/landing.ts'
import type { Role } from '../../../../src/domain/members.ts'
import { community } from '../../support/fakes.ts'

const landing = (...roles: Role[]): string => landingFor(roles.map((role) => ({ role, place: community })))

describe('where the app opens', () => {
  it('the desk, the gate, one’s day; without a role the page that says so', () => {
    expect(landing('volunteer', 'coordinator')).toBe('/desk/board')
    expect(landing('volunteer', 'guard')).toBe('/gate')
    expect([landing('volunteer'), landing('gridWorker')]).toEqual(['/today', '/today'])
    expect([landing('supervisor'), landing()]).toEqual(['/me', '/me'])
  })
})
