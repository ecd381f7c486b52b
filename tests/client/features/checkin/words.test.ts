// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { computed, defineComponent, h, provide, shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import {
  checkInsKey,
  createCheckIns,
  type CheckIns,
} from '../../../../src/client/features/checkin/useCheckIns.ts'
import { useDoneWords } from '../../../../src/client/features/checkin/useDoneWords.ts'
import type { Done } from '../../../../src/client/features/checkin/useSignIn.ts'
import { useHours } from '../../../../src/client/features/checkin/hours/useHours.ts'
import type { Doc, Fact } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { absorbDuty, emptyDuty } from '../../../../src/domain/rules/duty/book.ts'
import { recordsFor } from '../../../../src/domain/rules/duty/records.ts'
import { understand } from '../../../../src/domain/rules/duty/understand.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { around, community, fakeSync, someone } from '../../support/fakes.ts'

const minute = 60_000
const now = Date.parse('2026-05-04T16:00:00+08:00')
const logbook = `duty/${community}`
/** Two posts a hundred kilometres from each other. */
const posts = [idOf(11), idOf(12)].map((id, n): Doc<Post> => ({
  ...{ kind: 'post', id, logbook, seq: 1, at: 0, removed: false, state: 'sent', lost: [] },
  body: {
    type: 'checkpoint',
    name: `Post ${n}`,
    place: community,
    position: { lat: 30 + n, lon: 120, radiusM: 50 },
  },
}))
const [here, there] = [idOf(11), idOf(12)]

/** What a part of the check-ins says, with these facts on the phone. */
async function within<T>(facts: readonly Fact[], use: () => T): Promise<T> {
  const { plugins } = await around({ sync: fakeSync() })
  const book = emptyDuty()
  absorbDuty(book, facts)
  const made: T[] = []
  const Inner = defineComponent({ setup: () => (made.push(use()), () => h('i')) })
  const Outer = defineComponent({
    setup() {
      const checkIns: CheckIns = {
        ...createCheckIns(),
        identity: shallowRef(someone),
        book: shallowRef(book),
        now: computed(() => now),
        post: (id) => posts.find((post) => post.id === id),
      }
      provide(checkInsKey, checkIns)
      return () => h(Inner)
    },
  })
  mount(Outer, { global: { plugins } })
  const [first] = made
  if (first === undefined) throw new Error('nothing was set up')
  return first
}

const came = (post: string, ago: number): Fact =>
  dutyFact('checkIn', { post, member: someone.member, way: 'printed' }, { at: now - ago * minute })

describe('what a volunteer is told about their own hours', () => {
  it('speaks of being signed in twice only where the times overlap, not of two posts too far apart', async () => {
    const first = came(here, 60)
    const out = dutyFact(
      'checkOut',
      { checkIn: first.id, post: here, way: 'printed' },
      { at: now - 30 * minute },
    )
    const far = await within([first, out, came(there, 29)], useHours)
    expect(far.conflicts.value.size).toBe(0)
    const twice = await within([came(here, 60), came(here, 30)], useHours)
    expect(twice.conflicts.value.size).toBe(2)
  })
})

describe('the place that was taken with a scan', () => {
  it.each([
    [false, 'Yours'],
    [true, 'the place is theirs'],
  ])('is called by whose it is: for another %s', async (other, words) => {
    const [post] = posts
    if (!post) throw new Error('no post')
    const body = { post: here, starts: now, ends: now + 60 * minute, heads: 1 }
    const turn = dutyFact('shift', body)
    const visit = {
      logbook,
      post: here,
      who: { member: idOf(5), name: '样本' },
      evidence: { way: 'leader' as const },
    }
    const book = emptyDuty()
    absorbDuty(book, [turn])
    const meaning = understand(here, { book, me: idOf(5), now, zone: 'Asia/Shanghai', mayTake: true })
    if (meaning.is !== 'join') throw new Error(meaning.is)
    const choice = { do: 'take' } as const
    const drafts = recordsFor(meaning, choice, visit)
    const facts = drafts.map((draft) => dutyFact(draft.kind, draft.body, { at: now }))
    const ids = facts.map(({ id }) => id)
    const done: Done = {
      ...{ meaning, post, visit, stale: false, free: null, choice, ids, drafts, at: now },
      taken: meaning.turn,
    }
    const said = await within([turn, ...facts], () => useDoneWords(() => done, other))
    expect(said.value?.lines.join()).toContain(words)
    expect(said.value?.lines.join().includes('Yours')).toBe(!other)
  })
})
