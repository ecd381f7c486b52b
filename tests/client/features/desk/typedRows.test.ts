// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, ref } from 'vue'
import { keepTyped, padded } from '../../../../src/client/features/desk/duty/typedRows.ts'
import { storeKey } from '../../../../src/client/store/index.ts'
import { fakeStore } from '../../support/fakes.ts'

const row = (name: string) => ({ name, came: '830', left: '', note: '' })

it('rows that were saved are gone from what is kept before it says so, however long that takes', async () => {
  const writes: (() => void)[] = []
  const store = fakeStore()
  const kept: unknown[] = []
  store.setPref = (_key, value) =>
    new Promise((resolve) =>
      writes.push(() => {
        kept.push(value)
        resolve()
      }),
    )
  const rows = ref(padded([]))
  let done = (): Promise<void> => Promise.reject(new Error('not begun'))
  const page = defineComponent(() => {
    done = keepTyped({ post: ref('post'), day: ref('2026-05-04'), rows })
    return () => null
  })
  mount(page, { global: { provide: { [storeKey]: store } } })
  await flushPromises()
  rows.value = padded([row('Good Sample'), row('Bad Sample')])
  await flushPromises()
  rows.value = padded([row('Bad Sample')])
  let said = false
  const saying = done().then(() => (said = true))
  await flushPromises()
  writes[0]?.()
  await flushPromises()
  expect(said).toBe(false)
  writes[1]?.()
  await saying
  expect(kept.at(-1)).toMatchObject({ rows: [row('Bad Sample')] })
})
