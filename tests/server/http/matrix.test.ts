import { readFileSync } from 'node:fs'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionsPage } from '../../../scripts/lib/permissionsPage.ts'
import { inRoot } from '../../../scripts/lib/paths.mjs'
import { kindNames, kindOf, type AnyKind } from '../../../src/domain/kinds/index.ts'
import { logbookId, logbookLevel, purposes } from '../../../src/domain/logbooks.ts'
import { roles, type Role } from '../../../src/domain/members.ts'
import { acts, mayAct, mayWrite, viewOf, type Act, type Standing } from '../../../src/domain/permissions.ts'
import { paths } from '../../../src/protocol/api.ts'
import { writeMask } from '../../../src/server/sync/masking.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { Ask, TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded
const phones = new Map<Role, TestPhone>()
const kinds: readonly AnyKind[] = kindNames.flatMap((name) => kindOf(name) ?? [])

const bookOf = (kind: Pick<AnyKind, 'logbook'>): string =>
  logbookId(kind.logbook, logbookLevel[kind.logbook] === 'community' ? here.community : here.compound)
const as = (role: Role): Standing => ({ grants: [{ role, place: 'here' }], path: ['here'] })
const phoneOf = (role: Role): TestPhone => {
  const phone = phones.get(role)
  if (!phone) throw new Error(`no phone of a ${role}`)
  return phone
}

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
  for (const role of roles) {
    const phone = await here.join(role, [
      { role: role === 'supervisor' ? 'volunteer' : role, place: here.community },
    ])
    phones.set(role, phone)
    // Nobody can be invited as supervisor, so the centre writes the grant.
    if (role === 'supervisor')
      await centre.services.pen.writeMember(here.community, phone.enrolled?.member ?? '', {
        grants: [{ role, place: here.community }],
      })
  }
  for (const kind of kinds) await plant(kind)
}, 30_000)
afterAll(() => centre.end())

/** Something of each kind that can be told apart in a pull, whole and masked, past all judging. */
async function plant(kind: AnyKind): Promise<void> {
  const logbook = bookOf(kind)
  const body = { is: `whole-${kind.name}` }
  const masked = { is: `veiled-${kind.name}` }
  await centre.services.storage.write(async (tx) => {
    const [book] = await tx.lock([logbook])
    const seq = (book?.head ?? 0) + 1
    await tx.raiseHead(logbook, seq)
    if (kind.nature === 'document') {
      const record = {
        logbook,
        kind: kind.name,
        id: v7(),
        seq,
        at: centre.clock.now,
        body,
        fields: {},
        lost: [],
      }
      return tx.putRecord(record, masked)
    }
    const line = JSON.stringify({ body })
    const mask = writeMask(line, JSON.stringify({ body: masked }))
    const times = { at: centre.clock.now, received: centre.clock.now }
    const none = { record: null, post: null, flags: null, digest: null }
    const own = { id: v7(), install: v7(), n: 1, page: 1, kind: kind.name }
    return tx.insertEntries([{ logbook, seq, ...own, ...times, ...none, line, mask }])
  })
}

const cells = <T>(things: readonly T[]): [T, Role][] =>
  things.flatMap((thing) => roles.map((role): [T, Role] => [thing, role]))

describe('every role and kind: reading', () => {
  it.each(cells(purposes))('%s as %s', async (purpose, role) => {
    const logbook = bookOf({ logbook: purpose })
    const answer = await phoneOf(role).ask({
      url: `${paths.pull}?all=1&logbook=${encodeURIComponent(logbook)}`,
    })
    const here = kinds.filter((kind) => kind.logbook === purpose)
    const wanted = here.map((kind) => [kind.name, viewOf(kind, as(role))])
    const seen = (name: string) =>
      answer.body.includes(`"whole-${name}"`)
        ? 'full'
        : answer.body.includes(`"veiled-${name}"`)
          ? 'masked'
          : null
    expect(here.map(({ name }) => [name, seen(name)])).toEqual(wanted)
    if (wanted.every(([, view]) => view === null)) expect(answer.json().type).toBe('gatepost:not-permitted')
    else expect(answer.statusCode).toBe(200)
  })
})

describe('every role and kind: writing', () => {
  it.each(cells(kindNames))('%s as %s', async (name, role) => {
    const kind = kindOf(name)
    if (!kind) throw new Error(name)
    // Standing is judged before the body, so an empty one tells whether the role alone was in the way.
    const record = kind.nature === 'document' ? { record: v7() } : {}
    const body = kind.self ? { [kind.self.field]: phoneOf(role).enrolled?.member } : {}
    const receipt = await phoneOf(role).push([{ kind: name, logbook: bookOf(kind), body, ...record }])
    const code = receipt.pages[0]?.entries[0]?.code
    if (mayWrite(kind, as(role))) expect(code).not.toBe('not-permitted')
    else expect(code).toBe('not-permitted')
  })
})

const asks: Record<Act, () => Ask> = {
  invite: () => ({
    ...{ method: 'POST', url: paths.invitations },
    body: { grants: [{ role: 'guard', place: here.compound }], minutes: 5 },
  }),
  listInstalls: () => ({ url: paths.installs }),
  revokeInstall: () => ({ method: 'DELETE', url: `${paths.installs}/${v7()}` }),
  reviewQuarantine: () => ({ url: paths.quarantine }),
  export: () => ({
    url: `${paths.export}?logbook=${encodeURIComponent(here.gate)}&from=0&to=1&format=csv&locale=en`,
  }),
  issueCards: () => ({ method: 'POST', url: paths.cards, body: { members: [v7()] } }),
  status: () => ({ url: paths.status }),
  bulkReads: () => ({ url: paths.bulkReads }),
}

describe('every role and act', () => {
  it.each(cells(acts))('%s as %s', async (act, role) => {
    const answer = await phoneOf(role).ask(asks[act]())
    const refused = answer.statusCode === 403 && answer.json().type === 'gatepost:not-permitted'
    expect(refused).toBe(!mayAct(act, as(role)))
    if (!refused) expect([200, 404]).toContain(answer.statusCode)
  })
})

describe('docs/permissions.md', () => {
  it('is what `npm run docs:permissions` makes of the rules as they are', async () => {
    expect(readFileSync(inRoot('docs', 'permissions.md'), 'utf8')).toBe(await permissionsPage())
  })
})
