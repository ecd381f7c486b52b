// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { createDutyKeeper, type DutyDesk } from '../../../../src/client/features/desk/duty/dutyDesk.ts'
import { createTown } from '../../../../src/client/features/desk/shared/town.ts'
import type { OnFacts } from '../../../../src/client/store/follow.ts'
import type { Doc, Fact } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { dayStart } from '../../../../src/domain/rules/boardDays.ts'
import { packPosts, type KeptPosts } from '../../../../src/domain/rules/duty/keptPosts.ts'
import { absorbPosts, emptyPosts, factsOf } from '../../../../src/domain/rules/duty/postBook.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { eventually } from '../../../support/eventually.ts'
import { around, fakeStore, someone, source } from '../../support/fakes.ts'

const zone = 'Asia/Shanghai'
const post = idOf(10)
const now = Date.now()
const came = (minutesAgo: number): Fact =>
  dutyFact('checkIn', { post, name: '样本', way: 'leader' }, { at: now - minutesAgo * 60_000 })
const doc = (kind: string, id: string, body: object): Doc => ({
  ...{
    kind,
    id,
    logbook: `duty/${someone.community}`,
    seq: 1,
    at: 1,
    removed: false,
    state: 'sent',
    lost: [],
  },
  body: { ...body },
})
const docs = [
  doc('place', someone.community, { level: 'community', name: '样本社区', zone }),
  doc('post', post, { type: 'supplies', name: '样本岗', place: someone.community } satisfies Post),
]

function kept(facts: readonly Fact[], more: object = {}): object {
  const book = emptyPosts()
  absorbPosts(book, facts)
  const posts: KeptPosts = packPosts(new Map([[post, factsOf(book, post)]]), () => true)
  return { shape: 1, today: dayStart(now, zone), zone, posts, ...more }
}

async function desk(what: unknown) {
  let follow: { onFacts: OnFacts } | null = null
  let opened: DutyDesk | null = null
  const store = {
    ...fakeStore(),
    watchDocs: (kind: string) => source(docs.filter((one) => one.kind === kind) as Doc<never>[]),
    kept: () => Promise.resolve(what),
    followFacts(_logbook: string, _since: number, onFacts: OnFacts) {
      follow = { onFacts }
      return () => undefined
    },
  }
  const Page = defineComponent(() => {
    opened = createDutyKeeper(store, createTown(store)).use()
    return () => h('i')
  })
  const { plugins } = await around({ store })
  mount(Page, { global: { plugins } })
  await flushPromises()
  const made = opened as DutyDesk | null
  if (!made) throw new Error('no desk')
  return {
    desk: made,
    followed: () => follow !== null,
    tell: (facts: Fact[]) => follow?.onFacts(facts, true, () => null),
    figures: () => ({ ready: made.ready.value, whole: made.whole.value, came: made.board.totals.value.came }),
  }
}

describe('the duty board after a start of the app', () => {
  it('shows what was kept before the logbook was read, and then what the logbook has', async () => {
    const before = [came(1), came(2)]
    const one = await desk(kept(before))
    expect(one.figures()).toEqual({ ready: true, whole: false, came: 2 })
    await eventually('read', one.followed)
    one.tell([...before, came(0)])
    await eventually('whole', () => one.figures().whole)
    expect(one.figures()).toEqual({ ready: true, whole: true, came: 3 })
  })

  it.each([
    ['nothing was kept', null],
    ['it is of another day', kept([came(1)], { today: dayStart(now, zone) - 86_400_000 })],
    ['it is of another zone', kept([came(1)], { zone: 'Europe/Berlin' })],
    ['another version of the app kept it', kept([came(1)], { shape: 0 })],
    ['it can’t be read', { shape: 1, today: dayStart(now, zone), zone, posts: {} }],
  ])('reads everything where %s', async (_why, what) => {
    const one = await desk(what)
    await eventually('read', one.followed)
    expect(one.figures().ready).toBe(false)
    one.tell([came(0)])
    expect(one.figures()).toEqual({ ready: true, whole: true, came: 1 })
  })
})
