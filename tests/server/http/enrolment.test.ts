import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { inviteOperator } from '../../../src/server/auth/invitations.ts'
import { renew } from '../../../src/server/auth/renewal.ts'
import { hashSecret } from '../../../src/server/auth/secrets.ts'
import { triesPerMinute } from '../../../src/server/http/security.ts'
import { invitation, testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded

beforeEach(async () => {
  centre = await testCentre()
  here = await centre.found()
})
afterEach(() => centre.end())

const guardGrant = () => [{ role: 'guard' as const, place: here.compound }]
const problem = (answer: { json(): { type?: string } }) => String(answer.json().type).replace('gatepost:', '')
const preview = (token: string) =>
  centre.app.inject({ method: 'POST', url: paths.preview, payload: JSON.stringify({ token }) })
const membersNow = async () =>
  (await centre.services.storage.records(`people/${here.community}`, 'member')).map(({ body }) => body)

describe('an invitation', () => {
  it('says before it is used what it is for', async () => {
    const answer = await preview(await invitation(here.coordinator, guardGrant()))
    expect(answer.json()).toMatchObject({ setup: false, community: '示例社区', grants: guardGrant() })
  })

  it('[EN1] is kept as a hash only, of a secret of 192 bits', async () => {
    const token = await invitation(here.coordinator, guardGrant())
    expect(Buffer.from(token, 'base64url').length).toBe(24)
    const [open] = await centre.services.storage.openInvitations(here.community, centre.clock.now)
    expect(JSON.stringify(open)).not.toContain(token)
  })

  it('makes a member of the name that the person gave, with its grants', async () => {
    await here.join('李四', guardGrant())
    expect(await membersNow()).toContainEqual({ name: '李四', grants: guardGrant() })
  })

  it('for somebody who is known keeps their name and adds its grants', async () => {
    const guard = await here.join('李四', guardGrant())
    const added = [{ role: 'volunteer' as const, place: here.community }]
    const body = { member: guard.enrolled?.member, grants: added, minutes: 5 }
    const { token } = (await here.coordinator.ask({ method: 'POST', url: paths.invitations, body })).json()
    expect((await preview(token)).json().name).toBe('李四')
    const second = await centre.phone().enrol(token, '小李')
    expect(second.member).toBe(guard.enrolled?.member)
    expect(await membersNow()).toContainEqual({ name: '李四', grants: [...guardGrant(), ...added] })
  })

  it('[EN2] gives the same key the same answer when the first was lost (failure mode 14)', async () => {
    const token = await invitation(here.coordinator, guardGrant())
    const phone = centre.phone()
    const [first, second] = [await phone.enrolling(token, '李四'), await phone.enrolling(token, '李四')]
    expect(second.json()).toEqual(first.json())
    centre.clock.now += 3_600_000
    expect((await phone.enrolling(token, '李四')).json().member).toBe(first.json().member)
    expect((await membersNow()).filter(({ name }) => name === '李四')).toHaveLength(1)
  })

  it('[EN2] gives back no grant that was taken away since: the same request again writes nothing', async () => {
    const token = await invitation(here.coordinator, guardGrant())
    const phone = centre.phone()
    const { member } = await phone.enrol(token, '李四')
    const people = `people/${here.community}`
    const patch = { kind: 'member', logbook: people, record: member, seen: 100, body: { grants: [] } }
    expect((await here.coordinator.push([patch])).pages[0]?.entries).toEqual([])
    expect((await phone.enrolling(token, '李四')).statusCode).toBe(200)
    expect((await phone.ask({ url: paths.scope })).json().grants).toEqual([])
  })

  it('[EN2] goes to one of two that come at once', async () => {
    const token = await invitation(here.coordinator, guardGrant())
    const answers = await Promise.all(
      [centre.phone(), centre.phone()].map((phone) => phone.enrolling(token, '李四')),
    )
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410])
    expect((await membersNow()).filter(({ name }) => name === '李四')).toHaveLength(1)
  })

  it('[EN2] finishes on the second try what a crash cut off after the first step', async () => {
    const token = await invitation(here.coordinator, guardGrant())
    const phone = centre.phone()
    const { pen } = centre.services
    const write = pen.writeMember
    pen.writeMember = () => Promise.reject(new Error('killed'))
    expect((await phone.enrolling(token, '李四')).statusCode).toBe(500)
    pen.writeMember = write
    expect((await phone.enrolling(token, '李四')).statusCode).toBe(200)
    expect((await phone.ask({ url: paths.scope })).json().name).toBe('李四')
  })

  it('[EN3] tells unknown, used and expired apart', async () => {
    const used = await invitation(here.coordinator, guardGrant())
    await centre.phone().enrol(used, '李四')
    const late = await invitation(here.coordinator, guardGrant(), 10)
    centre.clock.now += 10 * 60_000
    for (const [token, code] of [
      ['x'.repeat(32), 'invitation-unknown'],
      [used, 'invitation-used'],
      [late, 'invitation-expired'],
    ] as const) {
      expect(problem(await centre.phone().enrolling(token, '赵六'))).toBe(code)
      expect(problem(await preview(token))).toBe(code)
    }
  })

  it.each([
    ['was removed', { removed: true }],
    ['is no coordinator any more', { grants: [] }],
  ])('holds no longer than its maker may hand it out: one who %s', async (_why, body) => {
    const given = [{ role: 'coordinator' as const, place: here.community }]
    const maker = await here.join('孙七', given)
    const token = await invitation(maker, given)
    expect((await preview(token)).statusCode).toBe(200)
    const record = maker.enrolled?.member ?? ''
    const patch = { kind: 'member', logbook: `people/${here.community}`, record, seen: 100, body }
    expect((await here.coordinator.push([patch])).pages[0]?.entries).toEqual([])
    expect(problem(await preview(token))).toBe('invitation-expired')
    expect(problem(await centre.phone().enrolling(token, '孙七'))).toBe('invitation-expired')
  })

  it('can be withdrawn until it is used', async () => {
    const [token, other] = [
      await invitation(here.coordinator, guardGrant()),
      await invitation(here.coordinator, guardGrant()),
    ]
    const { invitations } = (await here.coordinator.ask({ url: paths.installs })).json()
    expect(invitations).toHaveLength(2)
    const withdraw = (id: string) =>
      here.coordinator.ask({ method: 'DELETE', url: `${paths.invitations}/${id}` })
    expect((await withdraw(invitations[0].id)).statusCode).toBe(204)
    expect(problem(await centre.phone().enrolling(token, '李四'))).toBe('invitation-unknown')
    await centre.phone().enrol(other, '赵六')
    expect(problem(await withdraw(invitations[1].id))).toBe('invitation-used')
  })

  it('[EN3] can be tried only so often a minute from one address', async () => {
    const codes: string[] = []
    let last = await preview('x'.repeat(32))
    for (let i = 0; i < triesPerMinute; i++, last = await preview('x'.repeat(32))) codes.push(problem(last))
    expect(codes.lastIndexOf('invitation-unknown')).toBeGreaterThan(triesPerMinute - 5)
    expect(problem(last)).toBe('too-many')
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('does not let a phone take an install’s id that is there', async () => {
    const token = await invitation(here.coordinator, guardGrant())
    const phone = centre.phone()
    const payload = JSON.stringify({
      token,
      install: here.coordinator.id,
      key: phone.key,
      name: 'x',
      device: '',
    })
    const answer = await centre.app.inject({ method: 'POST', url: paths.enrol, payload })
    expect(answer.statusCode).toBe(400)
    expect((await here.coordinator.ask({ url: paths.scope })).statusCode).toBe(200)
  })
})

describe('a set-up link', () => {
  const setupLink = async (of: TestCentre) =>
    (await inviteOperator(of.services.storage, of.services.chance, of.clock.now)).token

  it('founds a community with its logbooks and its first coordinator', async () => {
    const scope = (await here.coordinator.ask({ url: paths.scope })).json()
    expect(scope.grants).toContainEqual({ role: 'coordinator', place: here.community })
    const purposes = scope.logbooks.map((logbook: { purpose: string }) => logbook.purpose)
    expect(purposes).toEqual(expect.arrayContaining(['duty', 'people', 'gate', 'homes']))
  })

  it('founds one community only, however many links were printed', async () => {
    const fresh = await testCentre()
    const [first, second] = [await setupLink(fresh), await setupLink(fresh)]
    const founder = fresh.phone()
    await founder.enrol(first, '王主任')
    expect(problem(await fresh.phone().enrolling(second, '钱八'))).toBe('invitation-used')
    expect((await founder.enrolling(first, '王主任')).statusCode).toBe(200)
    await fresh.end()
  })

  it('founds one community only where two are used at the same moment', async () => {
    const fresh = await testCentre()
    const links = [await setupLink(fresh), await setupLink(fresh)]
    const answers = await Promise.all(links.map((link) => fresh.phone().enrolling(link, '王主任')))
    expect(answers.map(({ statusCode }) => statusCode).filter((code) => code === 200)).toHaveLength(1)
    expect(await fresh.services.storage.communities()).toHaveLength(1)
    await fresh.end()
  })

  it('that was cut off before it founded anything gives way to another after a while', async () => {
    const fresh = await testCentre()
    const [first, second] = [await setupLink(fresh), await setupLink(fresh)]
    const { storage } = fresh.services
    const begun = await storage.invitationByHash(hashSecret(first))
    await storage.write((tx) => tx.setMeta('founding', `${begun?.id} ${fresh.clock.now}`))
    expect(problem(await fresh.phone().enrolling(second, '钱八'))).toBe('invitation-used')
    fresh.clock.now += 11 * 60_000
    expect((await fresh.phone().enrolling(second, '钱八')).statusCode).toBe(200)
    expect(problem(await fresh.phone().enrolling(first, '王主任'))).toBe('invitation-used')
    await fresh.end()
  })

  it('makes a further coordinator where there is a community, so that a lost phone locks nobody out', async () => {
    const rescue = centre.phone()
    expect((await rescue.enrol(await setupLink(centre), '钱八')).community).toBe(here.community)
    expect((await rescue.ask({ url: paths.installs })).statusCode).toBe(200)
  })
})

describe('a revoked phone', () => {
  const revoke = (phone: TestPhone) =>
    here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${phone.id}` })

  it('[AU3] is told so at its next request, whatever it asks', async () => {
    const guard = await here.join('李四', guardGrant())
    expect((await guard.ask({ url: paths.scope })).statusCode).toBe(200)
    await revoke(guard)
    for (const url of [paths.scope, paths.installs, `${paths.pull}?logbook=${here.gate}`, paths.events])
      expect(problem(await guard.ask({ url })), url).toBe('install-revoked')
  })

  it('[PU10] still gets what it had not sent to the centre, put aside (failure mode 33)', async () => {
    const guard = await here.join('李四', guardGrant())
    await revoke(guard)
    const body = { post: here.post, way: 'in', subject: 'person', how: 'none', decision: 'admit' }
    const receipt = await guard.push([{ kind: 'passage', logbook: here.gate, body }])
    expect(receipt.pages[0]?.entries).toEqual([{ n: 1, status: 'quarantined', code: 'revoked' }])
    const { items } = (await here.coordinator.ask({ url: paths.quarantine })).json()
    expect(items).toMatchObject([{ install: guard.id, name: '李四', code: 'revoked', status: 'open' }])
    const url = `${paths.quarantine}/${items[0].id}`
    const accepted = await here.coordinator.ask({ method: 'POST', url, body: { decision: 'accept' } })
    expect(accepted.statusCode).toBe(204)
    expect((await here.coordinator.ask({ url: paths.quarantine })).json().items).toEqual([])
  })

  it('may not renew itself', async () => {
    const guard = await here.join('李四', guardGrant())
    await revoke(guard)
    const { id: install, key } = centre.phone()
    expect(problem(await guard.ask({ method: 'POST', url: paths.renew, body: { install, key } }))).toBe(
      'install-revoked',
    )
  })

  it('stays revoked where it was while its renewal waited', async () => {
    const { storage } = centre.services
    const guard = await here.join('李四', guardGrant())
    const before = await storage.install(guard.id)
    const { id: install, key } = centre.phone()
    await revoke(guard)
    if (!before) throw new Error('no install')
    const outcome = await renew(centre.services, before, { install, key }, centre.clock.now)
    expect(outcome).toEqual({ ok: false, problem: 'install-revoked' })
    expect(await storage.install(guard.id)).toMatchObject({ status: 'revoked', renewedTo: null })
    expect(await storage.install(install)).toBeNull()
  })
})

describe('[AU4] a phone that signs itself out', () => {
  it('is revoked, and no other; what it might still send would be put aside', async () => {
    const guard = await here.join('李四', guardGrant())
    const other = await here.join('王五', guardGrant())
    const answer = await guard.ask({ method: 'POST', url: paths.leave })
    expect(answer.statusCode).toBe(204)
    expect(problem(await guard.ask({ url: paths.scope }))).toBe('install-revoked')
    expect((await other.ask({ url: paths.scope })).statusCode).toBe(200)
    const { installs } = (await here.coordinator.ask({ url: paths.installs })).json()
    const statuses = new Map(installs.map(({ id, status }: { id: string; status: string }) => [id, status]))
    expect([guard.id, other.id].map((id) => statuses.get(id))).toEqual(['revoked', 'active'])
  })

  it('is asked for by the phone itself only: without its token nothing happens', async () => {
    const answer = await centre.app.inject({ method: 'POST', url: paths.leave })
    expect(problem(answer)).toBe('token-missing')
  })
})

describe('[FO2] an install that renews', () => {
  it('gets a new id for its member; the same request again gets the same answer; the old one may still send (failure mode 7)', async () => {
    const guard = await here.join('李四', guardGrant())
    const next = centre.phone()
    const ask = () =>
      guard.ask({ method: 'POST', url: paths.renew, body: { install: next.id, key: next.key } })
    const [first, second] = [await ask(), await ask()]
    expect(second.json()).toEqual(first.json())
    expect(first.json()).toMatchObject({ install: next.id, member: guard.enrolled?.member })
    expect((await next.ask({ url: paths.scope })).json().name).toBe('李四')
    expect((await guard.ask({ url: paths.scope })).statusCode).toBe(200)
    const { installs } = (await here.coordinator.ask({ url: paths.installs })).json()
    const states = installs.map(({ id, status }: { id: string; status: string }) => [id, status])
    expect(states).toEqual(
      expect.arrayContaining([
        [guard.id, 'renewed'],
        [next.id, 'active'],
      ]),
    )
  })

  it('can’t take another’s id', async () => {
    const guard = await here.join('李四', guardGrant())
    const body = { install: here.coordinator.id, key: guard.key }
    expect((await guard.ask({ method: 'POST', url: paths.renew, body })).statusCode).toBe(400)
  })
})

describe('[AU2] a phone whose clock is wrong', () => {
  it('is told the time, and gets in with it (failure mode 31)', async () => {
    const guard = await here.join('李四', guardGrant())
    guard.clockOff = 400 * 86_400_000
    const answer = await guard.ask({ url: paths.scope })
    expect(answer.json()).toMatchObject({ type: 'gatepost:clock', status: 401, time: centre.clock.now })
    guard.clockOff += answer.json().time - (centre.clock.now + guard.clockOff)
    expect((await guard.ask({ url: paths.scope })).statusCode).toBe(200)
  })
})

describe('the list of phones', () => {
  it('tells when each was last heard from, what it holds unsent, and its app', async () => {
    const guard = await here.join('李四', guardGrant())
    centre.clock.now += 5000
    await guard.ask({ url: paths.scope, headers: { 'gatepost-unsent': '37', 'gatepost-app': '1.2.3' } })
    const { installs } = (await here.coordinator.ask({ url: paths.installs })).json()
    expect(installs).toContainEqual(
      expect.objectContaining({
        id: guard.id,
        name: '李四',
        unsent: 37,
        app: '1.2.3',
        lastHeard: centre.clock.now,
      }),
    )
  })

  it('does not believe nonsense in headers', async () => {
    const guard = await here.join('李四', guardGrant())
    const headers = { 'gatepost-unsent': '-5', 'gatepost-app': '<script>', 'gatepost-sent': 'NaN' }
    expect((await guard.ask({ url: paths.scope, headers })).statusCode).toBe(200)
    const { installs } = (await here.coordinator.ask({ url: paths.installs })).json()
    expect(installs).toContainEqual(expect.objectContaining({ id: guard.id, unsent: null, app: null }))
  })
})
