// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import FurtherPosts from '../../../../src/client/features/desk/places/FurtherPosts.vue'
import {
  furtherTypes,
  postFields,
  postPatch,
  readPost,
} from '../../../../src/client/features/desk/places/postForm.ts'
import { createTown, townKey } from '../../../../src/client/features/desk/shared/town.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { around, community, fakeStore, source } from '../../support/fakes.ts'
import { createApp } from 'vue'

const compound = '0192f0c8-0000-7000-8000-000000000002'
const tent: Post = { type: 'checkpoint', name: '东头帐篷', place: compound }
const doc = (kind: string, id: string, body: Record<string, unknown>): Doc => ({
  ...{ kind, id, logbook: '', seq: 1, at: 0, removed: false, state: 'sent', lost: [] },
  body,
})
const docs = [
  doc('place', community, { level: 'community', name: '样本社区' }),
  doc('place', compound, { level: 'compound', name: '样本小区', parent: community }),
  doc('post', 'tent', { ...tent }),
  doc('post', 'gate', { type: 'gate', name: '南门', place: compound }),
]

afterEach(() => (document.body.innerHTML = ''))

async function open() {
  const store = {
    ...fakeStore(),
    watchDocs: (kind: string) => source(docs.filter((one) => one.kind === kind) as Doc<never>[]),
  }
  const { plugins } = await around({ store })
  const town = createApp({}).runWithContext(() => createTown(store))
  const global = { plugins, provide: { [townKey]: town } }
  const page = mount(FurtherPosts, { global, attachTo: document.body })
  await flushPromises()
  const press = async (text: string) => {
    const found = [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(text))
    found?.click()
    await flushPromises()
  }
  const type = (selector: string, value: string) => {
    const field = document.querySelector<HTMLInputElement | HTMLSelectElement>(selector)
    if (!field) throw new Error(`no ${selector}`)
    field.value = value
    field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input'))
  }
  return { page, store, press, type }
}

describe('a post that is no gate', () => {
  it('has a name, a type and a place', () => {
    expect(furtherTypes).not.toContain('gate')
    const fresh = postFields(null, community)
    expect(readPost(fresh)).toEqual({ ok: false, errors: { name: 'common.required' } })
    expect(readPost({ ...fresh, name: 'x'.repeat(81) })).toEqual({
      ok: false,
      errors: { name: 'desk.tooLong' },
    })
    const none = { ...fresh, name: '西岗', place: '' }
    expect(readPost(none)).toEqual({ ok: false, errors: { place: 'common.required' } })
    expect(readPost({ ...fresh, name: ' 西岗 ' })).toEqual({
      ok: true,
      value: { name: '西岗', type: 'checkpoint', place: community },
    })
  })

  it('is changed field by field', () => {
    const fields = postFields(tent, community)
    expect(postPatch(tent, fields)).toEqual({})
    expect(postPatch(tent, { ...fields, type: 'supplies' })).toEqual({ type: 'supplies' })
    expect(postPatch(null, fields)).toEqual(tent)
  })

  it('is listed without the gates, and added', async () => {
    const { page, store, press, type } = await open()
    expect(page.text()).toContain('东头帐篷')
    expect(page.text()).not.toContain('南门')
    await press('Add post')
    await press('Save')
    expect(store.saved).toEqual([])
    type('input', '西岗')
    type('select', 'supplies')
    await press('Save')
    expect(store.saved).toMatchObject([
      {
        ...{ kind: 'post', logbook: `duty/${community}` },
        body: { name: '西岗', type: 'supplies', place: community },
      },
    ])
  })

  it('is edited and removed', async () => {
    const { store, press, type } = await open()
    await press('东头帐篷')
    type('input', '东岗')
    await press('Save')
    expect(store.saved).toMatchObject([{ record: 'tent', body: { name: '东岗' } }])
    expect(store.saved[0]?.body).toEqual({ name: '东岗' })
    await press('东头帐篷')
    await press('Remove')
    await press('Remove')
    expect(store.saved[1]).toMatchObject({ record: 'tent', body: { removed: true } })
  })
})
