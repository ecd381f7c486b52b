// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createDutyKeeper, type DutyDesk } from '../../../../src/client/features/desk/duty/dutyDesk.ts'
import { keepEvery, keepSoonMs } from '../../../../src/client/features/desk/duty/keeping.ts'
import { createTown } from '../../../../src/client/features/desk/shared/town.ts'
import type { OnAhead } from '../../../../src/client/store/ahead.ts'
import type { OnFacts } from '../../../../src/client/store/follow.ts'
import type { Codes } from '../../../../src/client/store/index.ts'
import type { Doc, Fact } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { dayStart } from '../../../../src/domain/rules/boardDays.ts'
import { unpackPosts, type KeptPosts } from '../../../../src/domain/rules/duty/keptPosts.ts'
import { absorbPosts, emptyPosts, factsOf, looseOf } from '../../../../src/domain/rules/duty/postBook.ts'
import { makeRotating, slotAt } from '../../../../src/domain/rules/duty/rotating.ts'
import { stayOf } from '../../../../src/domain/rules/duty/book.ts'
import { dutyFact, idOf } from '../../../domain/rules/duty/facts.ts'
import { packPosts } from '../../../domain/rules/duty/packed.ts'
import { eventually, quiet } from '../../../support/eventually.ts'
import { around, fakeStore, noCodes, someone, source } from '../../support/fakes.ts'

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
  return { shape: 2, today: dayStart(now, zone), zone, posts, loose: looseOf(book), ...more }
}

interface Kept {
  logbook: string
  reached: unknown
  what: { today: number; zone: string; posts: KeptPosts }
}
const isKept = (what: unknown): what is Kept['what'] =>
  typeof what === 'object' && what !== null && 'posts' in what
/** Up to where the logbook is known with what was kept. */
const known = { epoch: '1', seq: 7 }
/** How far a store says that its logbook was told. */
const upTo: NonNullable<ReturnType<Parameters<OnFacts>[2]>> = { epoch: '1', lastSeq: 7, lastN: 3 }

async function desk(what: unknown, stations = source<Doc<never>[]>([]), codes: Codes = noCodes) {
  let follow: { onFacts: OnFacts } | null = null
  let ahead: { from: typeof known; on: OnAhead } | null = null
  const keeps: Kept[] = []
  let opened: DutyDesk | null = null
  const store = {
    ...fakeStore(),
    codes,
    watchDocs: (kind: string) =>
      kind === 'station' ? stations : source(docs.filter((one) => one.kind === kind) as Doc<never>[]),
    kept: () => Promise.resolve(what ? { what, known } : null),
    followAhead(_logbook: string, from: typeof known, on: OnAhead) {
      ahead = { from, on }
      return () => (ahead = null)
    },
    keep(logbook: string, reached: unknown, told: unknown) {
      if (isKept(told)) keeps.push({ logbook, reached, what: structuredClone(told) })
      return Promise.resolve()
    },
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
    /** What comes while the logbook is read, for whoever follows it then. */
    ahead: (): { from: typeof known; on: OnAhead } | null => ahead,
    keeps,
    tell: (facts: Fact[], reached: typeof upTo | null = null) => follow?.onFacts(facts, true, () => reached),
    /** Lets time pass until so many boards were kept. */
    kept: (times: number) =>
      eventually(`kept ${times}`, () => {
        vi.advanceTimersByTime(keepSoonMs)
        return keeps.length === times
      }),
    /** As many of the pauses between two looks at what there is to keep. */
    async wait(pauses = 1) {
      for (let n = 0; n < pauses; n++) {
        await quiet(5)
        vi.advanceTimersByTime(keepSoonMs)
        await quiet(5)
      }
    },
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

  it('shows at once what arrives while the logbook is read, and it stays when that ends without it', async () => {
    const before = [came(2), came(1)]
    const one = await desk(kept(before))
    expect(one.ahead()?.from).toEqual(known)
    const fresh = came(0)
    one.ahead()?.on.facts([fresh])
    expect(one.figures()).toEqual({ ready: true, whole: false, came: 3 })
    await eventually('read', one.followed)
    one.tell(before)
    await quiet(5)
    expect(one.figures()).toEqual({ ready: true, whole: false, came: 3 })
    one.tell([fresh])
    await eventually('whole', () => one.figures().whole)
    expect(one.figures()).toEqual({ ready: true, whole: true, came: 3 })
    expect(one.ahead()).toBeNull()
  })

  it('waits for the logbook where figures can’t tell what arrives, and shows nothing that came after it', async () => {
    const before = [came(2), came(1)]
    const one = await desk(kept(before))
    const taken = dutyFact('amendment', { target: before[0]?.id, retract: true })
    const after = came(0)
    one.ahead()?.on.facts([came(0), taken, after])
    expect(one.figures()).toEqual({ ready: true, whole: false, came: 3 })
    expect(one.ahead()).toBeNull()
  })

  it('does not wait for what arrived where another epoch may not have it', async () => {
    const before = [came(1)]
    const one = await desk(kept(before))
    one.ahead()?.on.facts([came(0)])
    one.ahead()?.on.gap()
    await eventually('read', one.followed)
    one.tell(before)
    await eventually('whole', () => one.figures().whole)
    expect(one.figures()).toEqual({ ready: true, whole: true, came: 1 })
  })

  it.each([
    ['nothing was kept', null],
    ['it is of another day', kept([came(1)], { today: dayStart(now, zone) - 86_400_000 })],
    ['it is of another zone', kept([came(1)], { zone: 'Europe/Berlin' })],
    ['another version of the app kept it', kept([came(1)], { shape: 1 })],
    ['it can’t be read', { shape: 2, today: dayStart(now, zone), zone, posts: {}, loose: [] }],
  ])('reads everything where %s', async (_why, what) => {
    const one = await desk(what)
    await eventually('read', one.followed)
    expect(one.figures().ready).toBe(false)
    one.tell([came(0)])
    expect(one.figures()).toEqual({ ready: true, whole: true, came: 1 })
  })
})

describe('the board is kept for the next start', () => {
  afterEach(() => void vi.useRealTimers())
  const station = doc('station', idOf(31), {
    ...{ post, name: '样本', install: idOf(3), key: { x: 'x', y: 'y' } },
  })
  const proof = makeRotating(station.id, slotAt(now), new Uint8Array(64))
  const scanned = (): Fact =>
    dutyFact('checkIn', { post, member: idOf(2), name: '样本', way: 'rotating', proof }, { at: now })
  const confirmed = (kept: Kept | undefined) =>
    kept &&
    unpackPosts(kept.what.posts)
      .get(post)
      ?.came.map((one) => one.confirmed)

  async function running(...parts: [stations?: ReturnType<typeof source<Doc<never>[]>>, codes?: Codes]) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const one = await desk(null, ...parts)
    await eventually('read', one.followed)
    return one
  }

  it('as all that was told reads, once for each change, and never while something of it is unsettled', async () => {
    const one = await running()
    const turn = dutyFact('shift', { post, starts: now - 3_600_000, ends: now + 3_600_000, heads: 2 })
    const seat = dutyFact('assignment', { shift: turn.id, member: idOf(21), name: '样本', act: 'assign' })
    const first = [turn, seat, came(3), came(2)]
    one.tell(first, null)
    await one.wait(2)
    expect(one.keeps).toEqual([])
    one.tell([], upTo)
    await one.kept(1)
    // Nothing has changed since.
    await one.wait(2 * keepEvery)
    expect(one.keeps).toHaveLength(1)
    const later = [came(1)]
    one.tell(later, { ...upTo, lastSeq: 8 })
    await one.kept(2)
    expect(one.keeps.map(({ reached }) => reached)).toEqual([upTo, { ...upTo, lastSeq: 8 }])
    for (const [n, facts] of [first, [...first, ...later]].entries()) {
      const whole = emptyPosts(one.desk.trust)
      absorbPosts(whole, facts)
      const kept = one.keeps[n]
      expect(kept).toMatchObject({
        logbook: `duty/${someone.community}`,
        what: { zone, today: dayStart(now, zone) },
      })
      expect(kept && unpackPosts(kept.what.posts)).toEqual(new Map([[post, factsOf(whole, post)]]))
    }
  })

  it('with what was found to hold, so that no code is verified again after a start', async () => {
    const holds = vi.fn<Codes['holds']>().mockResolvedValue(true)
    const codes = { ...noCodes, holds }
    const fact = scanned()
    const first = await running(source([station] as Doc<never>[]), codes)
    first.tell([fact], upTo)
    await first.kept(1)
    expect(holds).toHaveBeenCalledTimes(1)
    const then = await desk(first.keeps[0]?.what, source([station] as Doc<never>[]), codes)
    await eventually('read', then.followed)
    then.tell([fact], upTo)
    await then.kept(1)
    expect(then.keeps.map(confirmed)).toEqual([[true]])
    expect(holds).toHaveBeenCalledTimes(1)
  })

  it('anew when what codes are verified by has changed', async () => {
    const stations = source([station] as Doc<never>[])
    const one = await running(stations)
    one.tell([scanned()], upTo)
    await one.kept(1)
    expect(one.keeps.map(confirmed)).toEqual([[true]])
    stations.set([])
    await one.kept(2)
    expect(one.keeps.map(confirmed)).toEqual([[true], [false]])
  })

  it('anew when a code that could not be looked into turns out not to hold', async () => {
    const holds = vi.fn<Codes['holds']>().mockRejectedValueOnce(new Error('the storage is gone'))
    const one = await running(source([station] as Doc<never>[]), {
      ...noCodes,
      holds: holds.mockResolvedValue(false),
    })
    const fact = scanned()
    one.tell([fact], upTo)
    await one.kept(1)
    expect(one.keeps.map(confirmed)).toEqual([[true]])
    const stay = stayOf(one.desk.book.value.book, fact.id)
    expect(stay && one.desk.trust.proofHolds?.(stay)).toBeUndefined()
    await one.kept(2)
    expect(one.keeps.map(confirmed)).toEqual([[true], [false]])
  })
})
