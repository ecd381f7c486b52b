// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Component } from 'vue'
import ChangePinPage from '../../../../src/client/features/guards/ChangePinPage.vue'
import GuardsPage from '../../../../src/client/features/guards/GuardsPage.vue'
import type { GuardInfo, Guards, Proved } from '../../../../src/client/sync/calls.ts'
import { around, fakeCalls } from '../../support/fakes.ts'

const anna: GuardInfo = {
  ...{ db: 'gatepost', name: 'A*', here: true, pinned: true },
  ...{ waiting: 0, unsealed: false, at: Date.UTC(2026, 10, 30), waitMs: 0 },
}
const guardsWith = (guards: GuardInfo[], some: Partial<Guards> = {}): Guards => ({
  state: async () => ({ shared: true, guards }),
  setPin: async () => 'failed',
  open: async () => ({ is: 'failed' }),
  prove: async () => ({ is: 'failed' }),
  wait: () => () => undefined,
  lock: async () => true,
  begin: async () => true,
  ...some,
})

async function open(screen: Component, guards: Guards): Promise<VueWrapper> {
  const { plugins } = await around({ calls: fakeCalls({ guards: async () => guards }) })
  const page = mount(screen, { global: { plugins }, attachTo: document.body })
  await flushPromises()
  return page
}
afterEach(() => document.body.replaceChildren())

const button = (page: VueWrapper, words: string) =>
  page.findAll('button').find((one) => one.text().trim() === words)
async function press(page: VueWrapper, ...all: string[]): Promise<void> {
  for (const words of all) {
    await button(page, words)?.trigger('click')
    await flushPromises()
  }
}
const typed = (page: VueWrapper, pin: string, act: string) => press(page, ...pin, act)

describe('locking', () => {
  it('that failed says so, and can be tried again', async () => {
    const page = await open(GuardsPage, guardsWith([anna], { lock: async () => false }))
    await press(page, 'Lock, change guards')
    expect(page.get('[role=status]').text()).toContain('Not locked')
    expect(page.text()).toContain('Don’t hand it over yet')
    expect(button(page, 'Lock, change guards')?.attributes('disabled')).toBeUndefined()
  })

  it('that left data open says whose, and what to do, until it is locked', async () => {
    const left = { ...anna, here: false, unsealed: true }
    expect((await open(GuardsPage, guardsWith([left]))).text()).toContain('A* could not be locked')
    const sealed = { ...left, unsealed: false }
    expect((await open(GuardsPage, guardsWith([sealed]))).text()).not.toContain('could not be locked')
  })
})

describe('another PIN', () => {
  const asked: string[] = []
  const right: Proved = {
    is: 'right',
    choose: async (pin) => {
      asked.push(pin)
      return 'set'
    },
  }

  it('the old one, then the new one twice; then it is said that it holds', async () => {
    const prove = async (pin: string): Promise<Proved> =>
      pin === '1357' ? right : { is: 'wrong', waitMs: 0 }
    const page = await open(ChangePinPage, guardsWith([anna], { prove }))
    expect(page.text()).toContain('Your PIN as it is now')
    await typed(page, '8642', 'Next')
    expect(page.text()).toContain('That is not the PIN')
    await typed(page, '1357', 'Next')
    await typed(page, '1234', 'Next')
    expect(page.text()).toContain('what anybody tries first')
    await typed(page, '2468', 'Next')
    await typed(page, '2469', 'Keep this PIN')
    expect(page.text()).toContain('not the same')
    expect(asked).toEqual([])
    await typed(page, '2468', 'Next')
    await typed(page, '2468', 'Keep this PIN')
    expect(asked).toEqual(['2468'])
    expect(page.text()).toContain('The new PIN is set')
  })

  it('is not asked for while a wait is on, and after it is', async () => {
    let tell: (leftMs: number) => void = () => undefined
    const wait: Guards['wait'] = (_db, heard) => {
      tell = heard
      return () => undefined
    }
    const page = await open(ChangePinPage, guardsWith([{ ...anna, waitMs: 30_000 }], { wait }))
    expect(page.text()).toContain('Next try in 30 s')
    tell(1500)
    await flushPromises()
    expect(page.text()).toContain('Next try in 2 s')
    expect(button(page, '7')?.attributes('disabled')).toBeDefined()
    tell(0)
    await flushPromises()
    expect(button(page, '7')?.attributes('disabled')).toBeUndefined()
  })
})
