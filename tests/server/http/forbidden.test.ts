import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, type Role } from '../../../src/domain/members.ts'
import { paths } from '../../../src/protocol/api.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { Ask, TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded
/** One phone of each role, granted at the community. */
const phones = new Map<Role, TestPhone>()
/** A coordinator of another community on the same server. */
let elsewhere: TestPhone

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
  for (const role of roles) phones.set(role, await memberWith(role))
  elsewhere = await outsider()
  await here.coordinator.push([{ kind: 'later', logbook: here.gate, body: {} }])
})
afterAll(() => centre.end())

const memberWith = (role: Role): Promise<TestPhone> => here.join(role, [{ role, place: here.community }])

async function outsider(): Promise<TestPhone> {
  const { pen, storage } = centre.services
  const phone = await here.join('外人', [{ role: 'guard', place: here.community }])
  const [community, member] = [v7(), v7()]
  await pen.openCommunity(community)
  await pen.writeMember(community, member, {
    name: '外人',
    grants: [{ role: 'coordinator', place: community }],
  })
  const row = await storage.install(phone.id)
  const twin = centre.phone()
  if (row)
    await storage.write((tx) => tx.insertInstall({ ...row, id: twin.id, key: twin.key, community, member }))
  return twin
}

const gateQuery = () => encodeURIComponent(here.gate)
const grants = () => [{ role: 'guard', place: here.compound }]

/** Every call that needs standing, and who may make it. */
const calls: readonly [string, () => Ask, readonly Role[]][] = [
  [
    'invite',
    () => ({ method: 'POST', url: paths.invitations, body: { grants: grants(), minutes: 5 } }),
    ['coordinator'],
  ],
  ['withdraw', () => ({ method: 'DELETE', url: `${paths.invitations}/${v7()}` }), ['coordinator']],
  ['see how the centre is', () => ({ url: paths.status }), ['coordinator', 'supervisor']],
  ['see who read in bulk', () => ({ url: paths.bulkReads }), ['coordinator']],
  ['list phones', () => ({ url: paths.installs }), ['coordinator', 'supervisor']],
  ['revoke a phone', () => ({ method: 'DELETE', url: `${paths.installs}/${v7()}` }), ['coordinator']],
  ['make cards', () => ({ method: 'POST', url: paths.cards, body: { members: [v7()] } }), ['coordinator']],
  ['see what was put aside', () => ({ url: paths.quarantine }), ['coordinator']],
  [
    'decide about it',
    () => ({ method: 'POST', url: `${paths.quarantine}/999999`, body: { decision: 'dismiss' } }),
    ['coordinator'],
  ],
  [
    'export',
    () => ({ url: `${paths.export}?logbook=${gateQuery()}&from=0&to=1&format=csv&locale=en` }),
    ['coordinator'],
  ],
  ['pull the gate', () => ({ url: `${paths.pull}?logbook=${gateQuery()}` }), ['guard', 'coordinator']],
  [
    'pull the people',
    () => ({ url: `${paths.pull}?logbook=${encodeURIComponent(`people/${here.community}`)}` }),
    ['coordinator', 'supervisor'],
  ],
  [
    'pull the duty',
    () => ({ url: `${paths.pull}?logbook=${encodeURIComponent(`duty/${here.community}`)}` }),
    roles,
  ],
]

const statusOf = async (phone: TestPhone | undefined, ask: Ask) => {
  const answer = await phone?.ask(ask)
  return answer?.headers['content-type']?.toString().includes('problem')
    ? String(answer.json().type).replace('gatepost:', '')
    : answer?.statusCode
}

describe.each(calls)('%s', (_name, ask, allowed) => {
  it.each(roles.map((role) => [role]))('as %s', async (role) => {
    const said = await statusOf(phones.get(role), ask())
    if (allowed.includes(role)) expect([200, 204, 'not-found']).toContain(said)
    else expect(said).toBe('not-permitted')
  })

  it('without a token', async () => {
    const { method = 'GET', url, body } = ask()
    const answer = await centre.app.inject({
      method,
      url,
      ...(body ? { payload: JSON.stringify(body) } : {}),
    })
    expect(answer.json().type).toBe('gatepost:token-missing')
  })

  it('as somebody with another’s name', async () => {
    const thief = centre.phone()
    const token = thief.token(here.coordinator.id)
    const answer = await thief.ask({ ...ask(), headers: { authorization: `Bearer ${token}` } })
    expect(answer.json().type).toBe('gatepost:token-invalid')
  })
})

describe('another community’s coordinator', () => {
  it.each(calls.filter(([name]) => /pull|export/.test(name)))('may not %s', async (_name, ask) => {
    expect(await statusOf(elsewhere, ask())).toBe('not-permitted')
  })

  it('sees none of this community’s phones, invitations or entries put aside', async () => {
    const { installs, invitations } = (await elsewhere.ask({ url: paths.installs })).json()
    expect(installs.map((install: { id: string }) => install.id)).toEqual([elsewhere.id])
    expect(invitations).toEqual([])
    expect((await elsewhere.ask({ url: paths.quarantine })).json().items).toEqual([])
  })

  it('may not revoke this community’s phones, nor decide about its entries', async () => {
    const revoke: Ask = { method: 'DELETE', url: `${paths.installs}/${here.coordinator.id}` }
    expect(await statusOf(elsewhere, revoke)).toBe('not-found')
    const { items } = (await here.coordinator.ask({ url: paths.quarantine })).json()
    const url = `${paths.quarantine}/${items[0].id}`
    expect(await statusOf(elsewhere, { method: 'POST', url, body: { decision: 'dismiss' } })).toBe(
      'not-found',
    )
  })

  it('may not invite into this community', async () => {
    const body = { grants: [{ role: 'guard', place: here.compound }], minutes: 5 }
    expect(await statusOf(elsewhere, { method: 'POST', url: paths.invitations, body })).toBe('not-permitted')
  })
})

describe('a logbook that is not there', () => {
  it('[PL8] is refused like one that is not for this phone', async () => {
    for (const logbook of [`gate/${v7()}`, 'gate/none', 'nothing', ''])
      expect(await statusOf(here.coordinator, { url: `${paths.pull}?logbook=${logbook}` })).toBe(
        'not-permitted',
      )
  })
})

describe('a guard of one compound', () => {
  it('holds the community’s duty and that compound, and nothing of its neighbour', async () => {
    const other = v7()
    const place = { kind: 'place', logbook: `duty/${here.community}`, record: other }
    await here.coordinator.push([
      { ...place, body: { level: 'compound', name: '二号院', parent: here.community } },
    ])
    const guard = await here.join('孙九', [{ role: 'guard', place: here.compound }])
    const held = (await guard.ask({ url: paths.scope })).json().logbooks.map((row: { id: string }) => row.id)
    expect(held).toEqual(expect.arrayContaining([`duty/${here.community}`, here.gate]))
    expect(held.join()).not.toMatch(new RegExp(`${other}|people|care`))
    expect(await statusOf(guard, { url: `${paths.pull}?logbook=gate/${other}` })).toBe('not-permitted')
    const { epoch } = (await guard.ask({ url: paths.scope })).json()
    const after = [`gate/${other}`, `people/${here.community}`].map((id) => `after=${epoch}.${id}.0`)
    expect((await guard.ask({ url: `${paths.scope}?${after.join('&')}` })).json().news).toBeUndefined()
  })
})

describe('a coordinator', () => {
  it.each([
    ['the role of supervisor above the community', () => ({ role: 'supervisor', place: v7() })],
    ['a grant at a place that nobody knows', () => ({ role: 'guard', place: v7() })],
  ])('may not hand out %s', async (_name, grant) => {
    const body = { grants: [grant()], minutes: 5 }
    const said = await statusOf(here.coordinator, { method: 'POST', url: paths.invitations, body })
    expect(said).toBe('not-permitted')
  })

  it('whose member was removed holds nothing any longer', async () => {
    const second = await here.join('陈七', [{ role: 'coordinator', place: here.community }])
    const people = `people/${here.community}`
    const member = second.enrolled?.member ?? ''
    await here.coordinator.push([
      { kind: 'member', logbook: people, record: member, seen: 999, body: { removed: true } },
    ])
    expect(await statusOf(second, { url: paths.installs })).toBe('not-permitted')
    expect((await second.ask({ url: paths.scope })).json().logbooks).toEqual([])
  })
})

describe('a supervisor', () => {
  it('sees phones with masked names, and no invitations', async () => {
    const { installs, invitations } =
      (await phones.get('supervisor')?.ask({ url: paths.installs }))?.json() ?? {}
    const names = installs.map((install: { name: string }) => install.name)
    expect(names).toContain('王*')
    expect(names.join()).not.toContain('王主任')
    expect(invitations).toEqual([])
  })
})
