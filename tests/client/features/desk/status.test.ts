// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  copyOf,
  isTight,
  silentOf,
  sizeOf,
  spanOf,
} from '../../../../src/client/features/desk/status/told.ts'
import { serverFigures } from '../../../../src/client/features/desk/status/figures.ts'
import ReadsPage from '../../../../src/client/features/desk/status/ReadsPage.vue'
import StatusPage from '../../../../src/client/features/desk/status/StatusPage.vue'
import { createText } from '../../../../src/client/i18n/index.ts'
import { dotted } from '../../../../src/client/i18n/dotted.ts'
import type { Calls, InstallInfo, Status } from '../../../../src/client/sync/calls.ts'
import { around, community, fakeCalls } from '../../support/fakes.ts'

const now = Date.UTC(2026, 10, 22, 8)
const day = 86_400_000

const status = (storage: Partial<Status['storage']>): Status => ({
  time: now,
  community: { phones: 1, unsent: 0, unsentSince: null, received: 0, aside: 0, held: 0 },
  server: {
    ...{ version: '0.1.0', since: now, entries: 0, pushes: 0, streams: 0, shed: 0, rss: 1 },
    ...{ p50: null, p95: null, p99: null, lag50: null, lag95: null },
  },
  storage: { kind: 'sqlite', bytes: 1, freeBytes: null, backupAt: null, ...storage },
})

describe('how the centre does, as a coordinator reads it', () => {
  it('a backup is missing or old until there is a fresh one, and PostgreSQL’s are not known here', () => {
    expect(copyOf(status({}))).toBe('never')
    expect(copyOf(status({ backupAt: now - 7 * day - 1 }))).toBe('old')
    expect(copyOf(status({ backupAt: now - 7 * day }))).toBe('fresh')
    expect(copyOf(status({ kind: 'postgres' }))).toBe('elsewhere')
  })

  it('a disk is tight below a gigabyte; one that is elsewhere says nothing', () => {
    expect([status({ freeBytes: 999_999_999 }), status({ freeBytes: 1e9 }), status({})].map(isTight)).toEqual(
      [true, false, false],
    )
  })

  it('sizes and times come in a unit that reads well, never as more than four figures', () => {
    expect([sizeOf(4_200_000), sizeOf(73_000_000), sizeOf(1_240_000_000), sizeOf(77_722_000_000)]).toEqual([
      { unit: 'mb', n: 4.2, digits: 1 },
      { unit: 'mb', n: 73, digits: 0 },
      { unit: 'gb', n: 1.24, digits: 1 },
      { unit: 'gb', n: 78, digits: 0 },
    ])
    expect([spanOf(20), spanOf(30_000), spanOf(1_800_000), spanOf(86_400_000), spanOf(259_200_000)]).toEqual([
      { unit: 'ms', n: 20 },
      { unit: 's', n: 30 },
      { unit: 'min', n: 30 },
      { unit: 'h', n: 24 },
      { unit: 'd', n: 3 },
    ])
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8e10 }), (ms) => {
        expect(spanOf(ms).n).toBeLessThanOrEqual(1000)
      }),
    )
  })

  it('phones count as silent after a day, shut out ones do not', () => {
    const phone = (more: Partial<InstallInfo>): InstallInfo => ({
      ...{ id: 'a', member: 'b', name: '样本', device: 'test', enrolled: now - 9 * day, lastHeard: now },
      ...{
        unsent: 0,
        received: 1,
        app: null,
        status: 'active',
        key: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
      },
      ...more,
    })
    const silent = phone({ lastHeard: now - day - 1 })
    expect(silentOf([phone({}), silent, { ...silent, status: 'revoked' }], now)).toBe(1)
    expect(silentOf([phone({ lastHeard: null })], now)).toBe(1)
  })
})

describe('what is free on the disk', () => {
  it.each(['en', 'zh-Hans', 'zh-Hant'] as const)(
    'has words of its own where it is not known (%s)',
    async (locale) => {
      const text = await createText(locale)
      const free = (storage: Partial<Status['storage']>) =>
        serverFigures(text, status(storage)).find(({ label }) => label === text.t('status.free'))
      const far = free({ kind: 'postgres' })
      expect(far?.value).toBe(text.t('status.freeElsewhere'))
      expect(far?.value).not.toBe(text.t('status.elsewhere'))
      expect(far?.sub).toBe(text.t('status.freeWhere'))
      // Its own disk that would not tell: no data, and no word of another machine.
      expect(free({ kind: 'sqlite' })).toMatchObject({ value: null, sub: undefined })
      expect(free({ kind: 'sqlite', freeBytes: 2e9 })?.value).toContain('2')
    },
  )
})

describe('the page', () => {
  it('says in words what wants a hand and leads there; without the centre it says so', async () => {
    const told = { ...status({}), community: { ...status({}).community, unsent: 4, unsentSince: now - day } }
    const calls = fakeCalls({ status: () => Promise.resolve({ ok: true, value: told }) })
    const page = mount(StatusPage, { global: { plugins: (await around({ calls })).plugins } })
    await flushPromises()
    expect(page.text()).toContain('never')
    expect(page.text()).toContain('npm start -- backup')
    const [unsent] = page.findAll('a.figure.ask')
    expect(unsent?.text()).toContain('4')
    expect(unsent?.attributes('href')).toBe('/desk/people?tab=phones')
    const alone = mount(StatusPage, { global: { plugins: (await around({})).plugins } })
    await flushPromises()
    expect(alone.text()).toContain('can’t be reached')
  })

  it('what it shows without the centre is as of the centre’s time, whatever the device’s clock says', async () => {
    let answer: Awaited<ReturnType<Calls['status']>> = { ok: true, value: status({}) }
    const calls = fakeCalls({ status: () => Promise.resolve(answer) })
    const page = mount(StatusPage, { global: { plugins: (await around({ calls })).plugins } })
    await flushPromises()
    answer = { ok: false, problem: 'offline' }
    dispatchEvent(new Event('online'))
    await flushPromises()
    expect(page.text()).toContain('As of Nov 22, 16:00')
  })
})

describe('who read much at once', () => {
  const read = { at: now, member: 'm', name: '样本甲', install: 'i', act: 'export', rows: 1200 } as const
  const open = async (answer: Awaited<ReturnType<Calls['bulkReads']>>) => {
    const { plugins } = await around({ calls: fakeCalls({ bulkReads: () => Promise.resolve(answer) }) })
    const page = mount(ReadsPage, { global: { plugins } })
    await flushPromises()
    return page.text()
  }

  it('is told with when, what and how much; an operator, and who is gone, have no name', async () => {
    const text = await open({
      ok: true,
      value: [
        { ...read, logbook: `gate/${community}` },
        { ...read, act: 'person-erase', member: '', name: '', install: '', logbook: '', rows: 1 },
        { ...read, act: 'first-pull', name: '', logbook: `homes/${community}` },
      ],
    })
    for (const said of ['样本甲', dotted(['Export', 'gate logs', '1,200 rows']), 'Nov 22, 16:00'])
      expect(text).toContain(said)
    expect(text).toContain('Whoever runs the server')
    expect(text).toContain(dotted(['One person erased', '1 row']))
    expect(text).toContain('Somebody who is no longer here')
  })

  it('says where nobody did, and where that can’t be known now', async () => {
    expect(await open({ ok: true, value: [] })).toContain('Nobody so far')
    expect(await open({ ok: false, problem: 'offline' })).not.toContain('Nobody so far')
  })
})
