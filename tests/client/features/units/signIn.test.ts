// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Doc } from '../../../../src/domain/entry.ts'
import { posterText } from '../../../../src/domain/rules/duty/codeText.ts'
import { makeShortCode } from '../../../../src/domain/rules/duty/shortCode.ts'
import PostScan from '../../../../src/client/features/units/PostScan.vue'
import UnitSignInPage from '../../../../src/client/features/units/UnitSignInPage.vue'
import type { Store } from '../../../../src/client/store/index.ts'
import { around, community, fakeStore, fakeSync, someone, source } from '../../support/fakes.ts'

const [east, north, unit] = [10, 11, 12].map((n) => `0192f0c8-0000-7000-8000-0000000000${n}`)
const code = makeShortCode(new Uint8Array([3, 14, 15, 9, 26, 5, 8]))
const doc = (kind: string, id: string | undefined, body: Record<string, unknown>): Doc => ({
  ...{ kind, id: id ?? '', logbook: `duty/${community}`, seq: 1, at: 0, removed: false },
  ...{ state: 'sent' as const, lost: [], body },
})
const docs: readonly Doc[] = [
  doc('post', east, { type: 'checkpoint', name: 'East', place: community, code }),
  doc('post', north, { type: 'checkpoint', name: 'North', place: community }),
  doc('unit', unit, { type: 'firm', name: 'Sample firm', leads: [someone.member] }),
]

async function open() {
  const kept = fakeStore()
  const watchDocs: Store['watchDocs'] = (kind) =>
    source<Doc<never>[]>(docs.filter((one) => one.kind === kind) as never)
  const { plugins } = await around({ store: { ...kept, watchDocs }, sync: fakeSync() })
  const page = mount(UnitSignInPage, { global: { plugins, stubs: { PostScan: true } } })
  await flushPromises()
  const press = async (text: string): Promise<void> => {
    await page
      .findAll('button')
      .find((button) => button.text().includes(text))
      ?.trigger('click')
    await flushPromises()
  }
  const scan = async (text: string): Promise<void> => {
    page.findComponent(PostScan).vm.$emit('text', text)
    await flushPromises()
  }
  const signIn = async (): Promise<unknown> => {
    await page.get('input[inputmode=numeric]').setValue('5')
    await press('Sign in')
    return kept.saved.at(-1)?.body
  }
  return { page, press, scan, signIn }
}

describe('a unit that is signed in where its lead stands', () => {
  afterEach(() => document.body.replaceChildren())

  it('is at the post whose poster was scanned, and says so', async () => {
    const { page, press, scan, signIn } = await open()
    await press('Scan the post')
    await scan(posterText('https://gate.example.org', code))
    expect(page.text()).toContain('Scanned: East')
    expect(await signIn()).toMatchObject({ unit, post: east, way: 'printed', heads: 5 })
  })

  it('keeps looking where the code is none of ours', async () => {
    const { page, press, scan } = await open()
    await press('Scan the post')
    await scan('https://code.example/42')
    expect(page.text()).toContain('not a code of a post here')
    expect(page.findComponent(PostScan).exists()).toBe(true)
  })

  it('is at the post that was chosen by hand afterwards, and the code counts for nothing then', async () => {
    const { page, press, scan, signIn } = await open()
    await press('Scan the post')
    await scan(posterText('https://gate.example.org', code))
    const select = page.findAll('select').find((one) => one.text().includes('North'))
    await select?.setValue(north)
    expect(page.text()).not.toContain('Scanned')
    expect(await signIn()).toMatchObject({ post: north, way: 'hand' })
  })
})
