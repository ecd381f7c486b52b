// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Doc } from '../../../../src/domain/entry.ts'
import { posterText } from '../../../../src/domain/rules/duty/codeText.ts'
import { makeRotating } from '../../../../src/domain/rules/duty/rotating.ts'
import { makeShortCode } from '../../../../src/domain/rules/duty/shortCode.ts'
import PostScan from '../../../../src/client/features/units/PostScan.vue'
import UnitSignInPage from '../../../../src/client/features/units/UnitSignInPage.vue'
import type { Station } from '../../../../src/domain/kinds/station.ts'
import type { Codes, Store } from '../../../../src/client/store/index.ts'
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

/** A station of a post that this phone does not know. */
const foreign: Doc<Station> = {
  ...doc('station', '0192f0c8-0000-7000-8000-000000000013', {}),
  body: {
    post: '0192f0c8-0000-7000-8000-000000000014',
    name: 'Tablet',
    install: community,
    key: { x: 'x', y: 'y' },
  },
}

async function open() {
  const kept = fakeStore()
  const watchDocs: Store['watchDocs'] = (kind) =>
    source<Doc<never>[]>(docs.filter((one) => one.kind === kind) as never)
  const checkRotating: Codes['checkRotating'] = () => Promise.resolve({ is: 'good', station: foreign })
  const store = { ...kept, watchDocs, codes: { ...kept.codes, checkRotating } }
  const { plugins } = await around({ store, sync: fakeSync() })
  const page = mount(UnitSignInPage, {
    attachTo: document.body,
    global: { plugins, stubs: { PostScan: true } },
  })
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

  it('is not saved with a line that the centre takes for no name: a whole group would be put aside', async () => {
    const { page, signIn } = await open()
    await page.get('textarea').setValue(Array.from({ length: 30 }, (_, n) => `王样本${n}`).join(' '))
    expect(await signIn()).toBeUndefined()
    expect(page.text()).toContain('each name in a line of its own')
    await page.get('textarea').setValue(Array.from({ length: 30 }, (_, n) => `王样本${n}`).join('、'))
    expect(await signIn()).toMatchObject({ heads: 5, names: { length: 30 } })
  })

  it('keeps looking where the code is none of ours', async () => {
    const { page, press, scan } = await open()
    await press('Scan the post')
    await scan('https://code.example/42')
    expect(page.text()).toContain('not a code of a post here')
    expect(page.findComponent(PostScan).exists()).toBe(true)
  })

  it('is at no post that this phone does not know, whatever its station shows', async () => {
    const { page, press, scan } = await open()
    await press('Scan the post')
    await scan(makeRotating(foreign.id, 1, new Uint8Array(64)))
    expect(page.findComponent(PostScan).exists()).toBe(true)
    expect(page.text()).toContain('knows no post with this code')
  })

  it('goes on with the names after a scan, which is read out, and where they were after going back', async () => {
    const { page, press, scan } = await open()
    const status = page.get('[role=status]').element
    await press('Scan the post')
    page.findComponent(PostScan).vm.$emit('close')
    await flushPromises()
    expect(document.activeElement?.textContent).toContain('Scan the post')
    await press('Scan the post')
    await scan(posterText('https://gate.example.org', code))
    expect(document.activeElement?.tagName).toBe('TEXTAREA')
    expect(page.get('[role=status]').element).toBe(status)
    expect(status.textContent).toContain('Scanned: East')
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
