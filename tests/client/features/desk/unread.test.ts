// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import BoardPage from '../../../../src/client/features/desk/board/BoardPage.vue'
import DutyPage from '../../../../src/client/features/desk/duty/DutyPage.vue'
import PaperPage from '../../../../src/client/features/desk/duty/PaperPage.vue'
import NewTurnsPage from '../../../../src/client/features/desk/roster/NewTurnsPage.vue'
import RosterPage from '../../../../src/client/features/desk/roster/RosterPage.vue'
import type { OnFacts } from '../../../../src/client/store/follow.ts'
import type { Store } from '../../../../src/client/store/index.ts'
import type { Doc, Fact } from '../../../../src/domain/entry.ts'
import { around, community, fakeStore, source } from '../../support/fakes.ts'

const [compound, gate, post, unit] = [2, 3, 4, 5].map((n) => `0192f0c8-0000-7000-8000-0000000000${n}0`)
const doc = (kind: string, id: string | undefined, body: object): Doc => ({
  ...{ kind, id: id ?? '', logbook: `duty/${community}`, seq: 1, at: 1, removed: false },
  ...{ state: 'sent', lost: [], body: { ...body } },
})
const docs = [
  doc('place', community, { level: 'community', name: 'Sample', zone: 'Asia/Shanghai' }),
  doc('place', compound, { level: 'compound', name: 'Garden', parent: community }),
  doc('post', gate, { type: 'gate', name: 'East gate', place: compound }),
  doc('post', post, { type: 'supplies', name: 'Supplies', place: compound, heads: 2 }),
  doc('unit', unit, { type: 'firm', name: 'Sample firm', daily: true }),
]

/** A desk whose logbooks are being read; `tell`: they are, and nothing stands in them. */
async function open(page: Component, path: string) {
  const followers: OnFacts[] = []
  const watchDocs: Store['watchDocs'] = (kind) =>
    source(docs.filter((one) => one.kind === kind) as Doc<never>[])
  const followFacts: Store['followFacts'] = (_logbook, _since, onFacts) => {
    followers.push(onFacts)
    return () => undefined
  }
  const { plugins, router } = await around({ store: { ...fakeStore(), watchDocs, followFacts } })
  await router.push(path)
  const shown = mount(page, { global: { plugins, stubs: { HourChart: true } } })
  await flushPromises()
  const tell = async (): Promise<void> => {
    for (const onFacts of followers) onFacts([] as Fact[], true, () => null)
    await flushPromises()
  }
  return { shown, tell }
}

describe('what was not read yet alarms nobody', () => {
  it.each<[string, Component, string, string]>([
    ['the board of gates', BoardPage, '/desk/board', 'No data'],
    ['the duty board', DutyPage, '/desk/duty', 'Nobody there'],
    ['the overview of units', DutyPage, '/desk/duty?tab=units', 'Sample firm'],
  ])('%s', async (_name, page, path, word) => {
    const { shown, tell } = await open(page, path)
    const table = (): string =>
      shown
        .findAll('table')
        .map((one) => one.text())
        .join()
    expect(table()).toBe('')
    expect(shown.text()).toContain('One moment')
    // A part that stands alone follows the logbook by itself.
    await tell()
    await tell()
    expect(table()).toContain(word)
    expect(shown.text()).not.toContain('One moment')
  })
})

describe('what was not read yet is not taken for nothing', () => {
  const isClosed = (shown: Awaited<ReturnType<typeof open>>['shown']): boolean =>
    shown.findAll('button').at(-1)?.attributes('disabled') !== undefined

  it('turns are made when it is known which there are: what is there already is not doubled', async () => {
    const { shown, tell } = await open(NewTurnsPage, `/desk/roster/new?post=${post}&day=2026-11-24`)
    expect(isClosed(shown)).toBe(true)
    await shown.get('form').trigger('submit')
    await tell()
    expect(isClosed(shown)).toBe(false)
    expect(shown.text()).toContain('1 turn')
  })

  it('a sheet is taken when it is known who is called so, and which turns they have', async () => {
    const { shown, tell } = await open(PaperPage, '/desk/duty/paper')
    await shown.get('select').setValue(post)
    await shown.get('.rows input').setValue('Ann Sample')
    await shown.findAll('.rows input')[1]?.setValue('0000')
    expect(isClosed(shown)).toBe(true)
    await tell()
    expect(isClosed(shown)).toBe(false)
  })

  it('a week has turns or not', async () => {
    const { shown, tell } = await open(RosterPage, '/desk/roster')
    expect(shown.text()).toContain('One moment')
    expect(shown.text()).not.toContain('0 turns')
    await tell()
    expect(shown.text()).toContain('0 turns')
  })
})
