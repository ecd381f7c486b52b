// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { computed, defineComponent, h, nextTick, provide, shallowRef } from 'vue'
import { expect, it } from 'vitest'
import OpenTurnsPage from '../../../../src/client/features/roster/OpenTurnsPage.vue'
import { createRoster, rosterKey } from '../../../../src/client/features/roster/useRoster.ts'
import { absorbDuty, emptyDuty } from '../../../../src/domain/rules/duty/book.ts'
import { staffedTurn, type Staffed } from '../../../../src/domain/rules/duty/roster.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { around, community } from '../../support/fakes.ts'

const now = Date.parse('2026-05-04T16:00:00+08:00')
const hour = 3_600_000
/** Which turns are listed. */
const TurnDays = {
  props: ['list'],
  template: '<ol><li v-for="one in list" :key="one.turn.fact.id">{{ one.turn.fact.id }}</li></ol>',
}

function turnAt(post: string): Staffed {
  const fact = dutyFact('shift', { post, starts: now, ends: now + hour, heads: 1 })
  const book = emptyDuty()
  absorbDuty(book, [fact])
  const staffed = staffedTurn(book, fact.id)
  if (!staffed) throw new Error('no turn')
  return staffed
}

it('the turns of other posts are shown again when the last one of the chosen post is gone', async () => {
  const { plugins } = await around()
  const turns = [turnAt(idOf(11)), turnAt(idOf(12))]
  const open = shallowRef(turns)
  const names = new Map(
    [idOf(11), idOf(12)].map((id, n): [string, Doc<Post>] => [
      id,
      {
        ...{ kind: 'post', id, logbook: `duty/${community}`, seq: 1, at: 0, removed: false },
        ...{ state: 'sent', lost: [], body: { type: 'checkpoint', name: `Post ${n}`, place: community } },
      },
    ]),
  )
  const Frame = defineComponent({
    setup() {
      const [listed, posts] = [computed(() => open.value), computed(() => names)]
      const full = computed(() => [])
      provide(rosterKey, { ...createRoster(), open: listed, full, posts, ready: shallowRef(true) })
      return () => h(OpenTurnsPage)
    },
  })
  const page = mount(Frame, { global: { plugins, stubs: { TurnDays, TurnSheet: true } } })
  const shown = () => page.findAll('li').map((one) => one.text())
  await page.get('select').setValue(idOf(11))
  expect(shown()).toEqual([turns[0]?.turn.fact.id])
  open.value = turns.slice(1)
  await nextTick()
  expect(shown()).toEqual([turns[1]?.turn.fact.id])
  open.value = []
  await nextTick()
  expect(page.find('ol').exists()).toBe(false)
  expect(page.text()).toContain('No open turns')
})
