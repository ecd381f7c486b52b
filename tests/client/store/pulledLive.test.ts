import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { storePulled, type Pulled } from '../../../src/client/store/pulled.ts'
import { storeLive } from '../../../src/client/store/pulledLive.ts'
import { tailMaxFacts } from '../../../src/client/store/segments.ts'
import { enrolledTab, type Tab } from '../../support/clientPhone.ts'
import { eventually } from '../../support/eventually.ts'
import { gateBook, homesBook } from '../../support/fakeCentre.ts'
import { phoneAtCentre } from '../../support/phoneAtCentre.ts'

let tab: Tab
beforeEach(async () => {
  const { phone, centre } = await phoneAtCentre()
  tab = await enrolledTab(phone)
  await eventually('first sync', () => tab.status().firstSyncDone)
  centre.transport.send = () => new Promise(() => undefined)
})
afterEach(() => tab.close())

const cursor = async () => {
  const row = await tab.open.db.cursors.get(gateBook)
  if (!row) throw new Error('no cursor')
  return row
}
const segments = () => tab.open.db.segments.orderBy('[logbook+from]').toArray()

/** So many facts that have come since the last ones. */
async function live(facts: number, next = `${Math.random()}`): Promise<Pulled> {
  const { seq, epoch, next: after } = await cursor()
  const factLines = Array.from({ length: facts }, (_, n) => `{"s":${seq + n + 1},"t":${n}}`)
  const head = { v: 1, epoch, logbook: gateBook, next, seq: seq + facts, more: false, time: 9 }
  return {
    ...{ logbook: gateBook, install: tab.open.identity.get()?.install ?? '', after, arrivedAt: 5 },
    answer: { head: { ...head, facts, docs: 0, firstAt: 0, lastAt: facts - 1 }, factLines, docLines: [] },
  }
}

describe('[PL3] a few facts that have just come', () => {
  it('are joined with the last ones as long as there is room, and the cursor goes with them', async () => {
    const before = await cursor()
    const sizes = [1, 2, tailMaxFacts - 4, 1, 1, 2]
    for (const size of sizes) {
      const pulled = await live(size)
      expect(await storePulled(tab.open.db, pulled)).toBe(true)
      expect(await cursor()).toEqual({
        ...before,
        next: pulled.answer.head.next,
        seq: pulled.answer.head.seq,
      })
    }
    const rows = await segments()
    expect(rows.map(({ count }) => count)).toEqual([tailMaxFacts, 3])
    const all = sizes.reduce((sum, size) => sum + size, 0)
    const lines = rows.flatMap(({ text }) => text.split('\n'))
    expect(lines.map((line) => Number(/"s":(\d+)/.exec(line)?.[1]) - before.seq)).toEqual(
      Array.from({ length: all }, (_, n) => n + 1),
    )
    expect(rows.map(({ from, to }) => [from - before.seq, to - before.seq])).toEqual([
      [1, tailMaxFacts],
      [tailMaxFacts + 1, all],
    ])
  })

  it('are stored by one tab: the other one’s are refused', async () => {
    const [one, other] = [await live(1), await live(1)]
    expect(await Promise.all([storePulled(tab.open.db, one), storePulled(tab.open.db, other)])).toEqual([
      true,
      false,
    ])
    expect((await segments()).map(({ count }) => count)).toEqual([1])
  })

  it('are stored with their cursor or not at all', async () => {
    const before = await cursor()
    const pulled = await live(1)
    // What no disk takes.
    Object.assign(pulled.answer.head, { next: () => 'x' })
    const stored = storeLive(tab.open.db, pulled)
    expect(await stored.catch(() => 'failed')).toBe('failed')
    expect(await cursor()).toEqual(before)
    expect(await segments()).toEqual([])
  })

  it('go the long way where a patch waits for them', async () => {
    await tab.open.store.save([{ kind: 'post', logbook: gateBook, record: homesBook, body: { name: 'x' } }])
    const pulled = await live(1)
    expect(await storeLive(tab.open.db, pulled)).toBeNull()
    expect(await segments()).toEqual([])
    expect(await storePulled(tab.open.db, pulled)).toBe(true)
    expect((await segments()).map(({ count }) => count)).toEqual([1])
  })
})
