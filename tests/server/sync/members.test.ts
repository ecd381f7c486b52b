import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Grant } from '../../../src/domain/members.ts'
import { callerFrom } from '../../../src/server/auth/caller.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let boss: TestPhone
beforeEach(async () => {
  centre = await new TestCentre().settle()
  boss = centre.coordinator
})
afterEach(() => centre.end())

const at = (role: Grant['role'], place = centre.community): Grant => ({ role, place })
const codes = async (phone: TestPhone, ...entries: object[]): Promise<(string | undefined)[]> =>
  (await centre.send(phone, entries)).pages.flatMap((page) => page.entries.map((entry) => entry.code))
const scopeOf = async (phone: TestPhone): Promise<string[]> => {
  const { logbooks } = await centre.sync.scope(await callerFrom(centre.storage, phone.row), centre.now)
  return logbooks.map(({ id }) => id.replace(centre.community, 'C').replace(centre.compound, 'K'))
}

describe('members', () => {
  it('a coordinator hands out and takes away roles of the community', async () => {
    const person = v7()
    expect(await codes(boss, centre.patch('member', person, { name: 'A', grants: [at('guard')] }))).toEqual(
      [],
    )
    expect(await codes(boss, centre.patch('member', person, { grants: [] }))).toEqual([])
  })

  it('nobody hands out what is wider than their own', async () => {
    const guard = await centre.phone('guard')
    for (const role of ['guard', 'supervisor'] as const)
      expect(
        await codes(boss, centre.patch('member', v7(), { name: 'A', grants: [at(role, v7())] })),
      ).toEqual(['not-permitted'])
    expect(await codes(guard, centre.patch('member', guard.member, { grants: [at('coordinator')] }))).toEqual(
      ['not-permitted'],
    )
  })

  it('other fields of a member with wider grants can be changed all the same', async () => {
    const person = v7()
    await centre.pen.writeMember(centre.community, person, { name: 'S', grants: [at('supervisor', v7())] })
    expect(await codes(boss, centre.patch('member', person, { phone: '13800138000' }))).toEqual([])
  })

  it('the last coordinator cannot be removed, or remove themselves', async () => {
    expect(await codes(boss, centre.patch('member', boss.member, { grants: [] }))).toEqual(['invalid'])
    expect(await codes(boss, centre.patch('member', boss.member, { removed: true }))).toEqual(['invalid'])
    await centre.phone('coordinator')
    expect(await codes(boss, centre.patch('member', boss.member, { removed: true }))).toEqual([])
  })

  it('a grant counts from the next entry on, one that was taken away no longer', async () => {
    await centre.phone('coordinator')
    const place = centre.patch('place', v7(), { level: 'building', name: '1', parent: centre.compound })
    expect(await codes(boss, centre.patch('member', boss.member, { grants: [at('guard')] }), place)).toEqual([
      'not-permitted',
    ])
  })
})

describe('[SC1] the scope', () => {
  it('lists what each role holds, with heads', async () => {
    const guard = await centre.phone('guard')
    const volunteer = await centre.phone('volunteer')
    expect(await scopeOf(boss)).toEqual(['duty/C', 'gate/K', 'homes/K', 'people/C'])
    expect(await scopeOf(guard)).toEqual(['duty/C', 'gate/K', 'homes/K'])
    expect(await scopeOf(volunteer)).toEqual(['duty/C'])
    await centre.send(guard, [centre.passage()])
    const { logbooks, received } = await centre.sync.scope(
      await callerFrom(centre.storage, guard.row),
      centre.now,
    )
    expect(logbooks.find((one) => one.purpose === 'gate')?.head).toBe(1)
    expect(received).toBe(1)
  })

  it('brings one’s own skills, as a coordinator notes them; a list of members does not come with it', async () => {
    const volunteer = await centre.phone('volunteer')
    const skills = async () =>
      (await centre.sync.scope(await callerFrom(centre.storage, volunteer.row), centre.now)).skills
    expect(await skills()).toBeUndefined()
    await codes(boss, centre.patch('member', volunteer.member, { skills: ['懂急救'] }))
    expect(await skills()).toEqual(['懂急救'])
    expect(await scopeOf(volunteer)).not.toContain('people/C')
  })

  it('[SC5] says by which roles each logbook is seen, and says otherwise after another grant', async () => {
    const guard = await centre.phone('guard')
    const seen = async (): Promise<string[]> => {
      const caller = await callerFrom(centre.storage, guard.row)
      const { logbooks } = await centre.sync.scope(caller, centre.now)
      return logbooks.map(({ purpose, seenAs }) => `${purpose}: ${seenAs}`).sort()
    }
    expect(await seen()).toContain('homes: guard')
    const both = ['guard', 'gridWorker'].map((role) => ({ role, place: centre.compound }))
    await codes(boss, centre.patch('member', guard.member, { grants: both }))
    expect(await seen()).toContain('homes: gridWorker guard volunteer')
    // So does each answer to a pull: grants may have changed and changed back between two scopes.
    const pulled = await centre.pull(guard, `homes/${centre.compound}`)
    expect(pulled.head.seenAs).toBe('gridWorker guard volunteer')
  })

  it('[SC2] is empty without a grant, and grows with a new compound', async () => {
    const guard = await centre.phone('guard')
    const pokes: unknown[] = []
    centre.pokes.subscribe((poke) => pokes.push(poke))
    const place = v7()
    await codes(
      boss,
      centre.patch('place', place, { level: 'compound', name: '2', parent: centre.community }),
    )
    expect(await scopeOf(guard)).toContain(`gate/${place}`)
    expect(pokes).toContainEqual({ scope: true })
    await codes(boss, centre.patch('member', guard.member, { grants: [] }))
    expect(await scopeOf(guard)).toEqual([])
  })
})

describe('places', () => {
  const place = (id: string, body: object): object => centre.patch('place', id, { name: 'P', ...body })

  it('a community speaks only for itself and what lies within it', async () => {
    expect(await codes(boss, place(v7(), { level: 'community' }))).toEqual(['invalid'])
    expect(await codes(boss, centre.patch('place', centre.community, { level: 'compound' }))).toEqual([
      'invalid',
    ])
    const other = await new TestCentre().settle()
    try {
      await centre.storage.write((tx) =>
        tx.putLogbook({
          id: `gate/${other.compound}`,
          purpose: 'gate',
          place: other.compound,
          path: [other.compound, other.community],
        }),
      )
      expect(
        await codes(boss, place(other.compound, { level: 'compound', parent: centre.community })),
      ).toEqual(['not-permitted'])
    } finally {
      await other.end()
    }
  })

  it('a compound lies within its community whatever its parent says', async () => {
    const [stranger, compound] = [v7(), v7()]
    await codes(boss, place(compound, { level: 'compound', parent: stranger }))
    expect((await centre.storage.logbook(`gate/${compound}`))?.path).toEqual([compound, centre.community])
  })

  it('paths follow when the tree changes, heads stay', async () => {
    const street = v7()
    const guard = await centre.phone('guard')
    await centre.send(guard, [centre.passage()])
    await codes(
      boss,
      place(street, { level: 'street' }),
      centre.patch('place', centre.community, { parent: street }),
    )
    expect(await centre.storage.logbook(`gate/${centre.compound}`)).toMatchObject({
      path: [centre.compound, centre.community, street],
      head: 1,
    })
  })

  it('entries of the same page may go to the logbook that it makes', async () => {
    const compound = v7()
    const home = {
      ...centre.patch('household', v7(), { home: '1', people: [] }),
      logbook: `homes/${compound}`,
    }
    expect(await codes(boss, place(compound, { level: 'compound', parent: centre.community }), home)).toEqual(
      [],
    )
  })
})
