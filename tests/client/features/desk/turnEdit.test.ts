// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, h, shallowRef } from 'vue'
import TurnEdit from '../../../../src/client/features/desk/roster/TurnEdit.vue'
import { usePlan } from '../../../../src/client/features/desk/roster/usePlan.ts'
import { useTurnActs } from '../../../../src/client/features/desk/roster/useTurnActs.ts'
import { absorbDuty, emptyDuty, type Turn } from '../../../../src/domain/rules/duty/book.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { around, fakeStore } from '../../support/fakes.ts'

it('a turn that somebody else changes meanwhile keeps their change where nothing was typed', async () => {
  const book = emptyDuty()
  const made = dutyFact('shift', {
    post: idOf(9),
    starts: 1_800_000_000_000,
    ends: 1_800_028_800_000,
    heads: 2,
  })
  const read = (): Turn => {
    const turn = book.turns.get(made.id)
    if (!turn) throw new Error('no turn')
    return turn
  }
  absorbDuty(book, [made])
  const turn = shallowRef(read())
  const store = fakeStore()
  const Page = defineComponent(() => {
    const [plan, acts] = [usePlan(), useTurnActs()]
    return () => h(TurnEdit, { plan, acts, turn: turn.value })
  })
  const { plugins } = await around({ store })
  const page = mount(Page, { global: { plugins } })
  await page.get('textarea').setValue('Bring gloves')
  absorbDuty(book, [dutyFact('shiftChange', { target: made.id, patch: { heads: 4 } })])
  turn.value = read()
  await flushPromises()
  await page.get('form').trigger('submit')
  await flushPromises()
  expect(store.saved.map(({ body }) => body['patch'])).toEqual([{ note: 'Bring gloves' }])
})
