// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import LostCard from '../../../../src/client/features/desk/cards/LostCard.vue'
import { createTown, townKey } from '../../../../src/client/features/desk/shared/town.ts'
import { around, fakeStore, someone } from '../../support/fakes.ts'

const now = Date.UTC(2026, 10, 22, 8)

describe('a card that was made void', () => {
  it('is said at once; that another takes its place only when that one is there to print', async () => {
    const store = fakeStore()
    const { plugins } = await around({ store })
    const page = mount(LostCard, {
      props: {
        member: someone.member,
        lost: [{ member: someone.member, below: 1, on: now }],
        now: () => now,
        shown: false,
      },
      global: { plugins, provide: { [townKey]: createTown(store) } },
    })
    expect(page.text()).toContain('are void')
    expect(page.text()).not.toContain('Print it')
    await page.setProps({ shown: true })
    expect(page.text()).toContain('Print it')
  })
})
