// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { useSample } from '../../../../src/client/features/desk/start/useSample.ts'
import { storeKey } from '../../../../src/client/store/index.ts'
import { createFakeStore } from '../gate/fakeStore.ts'
import { community, now, zone } from './facts.ts'

const identity = {
  ...{
    install: community,
    member: community,
    community,
    name: '',
    grants: [],
    logbooks: [],
    enrolledAt: now,
  },
}

function start() {
  const store = createFakeStore({ identity, docs: [], facts: [], now: () => now })
  const begin = () => {
    let sample: ReturnType<typeof useSample> | undefined
    const setup = () => {
      sample = useSample()
      return () => h('p')
    }
    mount(defineComponent({ setup }), { global: { provide: { [storeKey as symbol]: store } } })
    if (!sample) throw new Error('not set up')
    return sample
  }
  return { store, begin }
}

it('loads everything, and tells how far it is', async () => {
  const { store, begin } = start()
  const sample = begin()
  expect(await sample.load(community, zone)).toBe(true)
  expect(sample.progress.value).toEqual({ done: store.saved.length, total: store.saved.length })
  expect(store.saved.filter((entry) => entry.kind === 'household')).toHaveLength(1000)
  expect(sample.unfinished.value).toBe(false)
})

it('5. a full disk stops it with words; later it goes on where it stopped, and nothing is there twice', async () => {
  const { store, begin } = start()
  const save = store.save
  let batches = 0
  store.save = async (drafts) => {
    if (++batches === 5) store.fail = 'full'
    return save(drafts)
  }
  const first = begin()
  expect(await first.load(community, zone)).toBe(false)
  expect(first.failed.value).toBe('common.saveFailed.full')
  expect(store.saved).toHaveLength(1000)
  store.fail = null
  const again = begin()
  expect(again.unfinished.value).toBe(true)
  expect(await again.load(community, zone)).toBe(true)
  const facts = store.saved.filter((entry) => entry.kind === 'passage').map((entry) => entry.id)
  expect(new Set(facts).size).toBe(facts.length)
  expect(store.saved.filter((entry) => entry.kind === 'household')).toHaveLength(1000)
})
