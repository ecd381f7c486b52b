import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../src/domain/entry.ts'
import { counts, gateFigures, postOf, whats, type What } from '../../../src/domain/rules/board.ts'
import { dayAfter, dayBefore, dayStart, hourMs, sameTimeBefore } from '../../../src/domain/rules/boardDays.ts'
import { silentAfterMs, sumBars } from '../../../src/domain/rules/boardHours.ts'
import { byNeed, feverFreshMs, needOf, needs } from '../../../src/domain/rules/boardNeed.ts'
import { absorb, emptyLedger, since } from '../../../src/domain/rules/ledger.ts'
import { sampleNeighbourhood } from '../../../src/domain/sample/index.ts'

const community = '0190a000-0000-7000-8000-000000000001'
const zone = 'Asia/Shanghai'
const now = Date.UTC(2026, 10, 22, 7, 34)
const drafts = sampleNeighbourhood({ seed: 3, community, zone, now })

const facts = drafts.flatMap((draft, seq): Fact[] =>
  draft.at === undefined || draft.id === undefined
    ? []
    : [
        {
          ...{
            id: draft.id,
            kind: draft.kind,
            v: 1,
            logbook: draft.logbook,
            at: draft.at,
            deviceAt: draft.at,
          },
          ...{ by: community, seq, flags: [], state: 'sent', mine: false, body: draft.body },
        },
      ],
)
const gates = drafts.filter((d) => d.body['type'] === 'gate').map((d) => d.record ?? '')
const from = dayBefore(dayStart(now, zone), zone)

const passing = {
  ...{ post: gates[0] ?? '', way: 'in', subject: 'person', how: 'none', decision: 'admit' },
}

const ledgerOf = (some: readonly Fact[]) => {
  const ledger = emptyLedger()
  absorb(ledger, some)
  return ledger
}
const itemsOf = (some: readonly Fact[], post: string) =>
  since(ledgerOf(some), from).filter((l) => postOf(l) === post)
const figures = (some: readonly Fact[], post: string, heardAt: number | null = null) =>
  gateFigures({ post }, itemsOf(some, post), { now, zone, heardAt })

describe('board figures', () => {
  it('add up to the entries behind them, gate by gate and hour by hour', () => {
    const today = since(ledgerOf(facts), dayStart(now, zone))
    const all = gates.map((post) => figures(facts, post))
    for (const what of whats) {
      const sum = all.reduce((n, f) => n + f.today[what], 0)
      expect(sum).toBe(today.filter((l) => counts(what, l)).length)
      expect(sum).toBeGreaterThan(0)
    }
    for (const f of all) expect(f.hours.reduce((n, bar) => n + bar.entries, 0)).toBe(f.today.passage)
    const bars = sumBars(all.map((f) => f.hours))
    expect(bars.reduce((n, bar) => n + bar.entries, 0)).toBe(today.filter((l) => counts('passage', l)).length)
  })

  it('[FD1] follow a correction: taken back counts no more, a patched decision counts as it reads now', () => {
    const post = gates[0] ?? ''
    const fact = facts.findLast(
      (f) => f.kind === 'passage' && f.body['post'] === post && f.body['decision'] === 'admit',
    )
    const plain = figures(facts, post)
    const said = (body: Record<string, unknown>): Fact => ({
      ...(fact ?? facts[0]!),
      id: '0190a000-0000-7000-8000-0000000000c1',
      kind: 'correction',
      seq: null,
      body: { target: fact?.id, ...body },
    })
    const back = figures([...facts, said({ retract: true })], post)
    expect(back.today.passage).toBe(plain.today.passage - 1)
    const fever = figures([...facts, said({ patch: { decision: 'refuse', reason: 'fever' } })], post)
    expect(fever.today).toEqual({
      ...plain.today,
      refused: plain.today.refused + 1,
      fever: plain.today.fever + 1,
    })
  })

  it('are the same in whatever order the facts arrive', () => {
    const post = gates[2] ?? ''
    const some = facts.filter((f) => f.at > now - 20 * hourMs)
    const expected = figures(some, post)
    fc.assert(
      fc.property(
        fc.shuffledSubarray(some, { minLength: some.length }),
        fc.integer({ min: 1, max: 200 }),
        (mixed, cut) => {
          const ledger = emptyLedger()
          absorb(ledger, mixed.slice(0, -cut))
          absorb(ledger, mixed.slice(-cut))
          const items = since(ledger, from).filter((l) => postOf(l) === post)
          expect(gateFigures({ post }, items, { now, zone, heardAt: null })).toEqual(expected)
        },
      ),
      { numRuns: 10 },
    )
  })

  it('compare with yesterday up to the same minute', () => {
    const post = gates[0] ?? ''
    const count = facts.filter(
      (f) => f.kind === 'passage' && f.body['post'] === post && f.at >= from && f.at < now - 24 * hourMs,
    )
    const retracted = new Set(facts.filter((f) => f.body['retract'] === true).map((f) => f.body['target']))
    expect(figures(facts, post).yesterdayByNow).toBe(count.filter((f) => !retracted.has(f.id)).length)
  })

  it('compare with yesterday alone, also on a day of 25 hours', () => {
    const late = Date.UTC(2026, 9, 25, 22, 30)
    const [today, yesterday] = [Date.UTC(2026, 9, 24, 22, 10), Date.UTC(2026, 9, 24, 21, 10)]
    const some = facts
      .slice(0, 2)
      .map((one, n) => ({ ...one, kind: 'passage', at: [yesterday, today][n] ?? 0 }))
    const items = since(ledgerOf(some.map((one) => ({ ...one, body: passing }))), 0)
    const found = gateFigures({ post: passing.post }, items, {
      now: late,
      zone: 'Europe/Berlin',
      heardAt: null,
    })
    expect(found).toMatchObject({ today: { passage: 1 }, yesterdayByNow: 1 })
  })
})

describe('silence is not zero', () => {
  const silent = gates[3] ?? ''

  it('an hour after the last sign of life is silent, one before a later entry is a known zero', () => {
    const { hours, knownUntil } = figures(facts, silent)
    const last = hours.filter((bar) => bar.from <= now).at(-1)
    expect(last).toMatchObject({ entries: 0, state: 'silent' })
    for (const bar of hours.filter((bar) => bar.state === 'silent'))
      expect(bar.from).toBeGreaterThanOrEqual((knownUntil ?? 0) - hourMs)
    expect(figures(facts, silent, now).hours.some((bar) => bar.state === 'silent')).toBe(false)
  })

  it('a gate of which nothing was ever heard has no known hour', () => {
    const nothing = figures([], silent)
    expect(nothing.knownUntil).toBeNull()
    expect(new Set(nothing.hours.filter((b) => b.from <= now).map((b) => b.state))).toEqual(
      new Set(['silent']),
    )
  })

  it('a shut gate is closed, neither zero nor silent, and an entry there is still counted', () => {
    const gate = { post: silent, opens: '06:00', closes: '23:00' }
    const hours = gateFigures(gate, itemsOf(facts, silent), { now, zone, heardAt: null }).hours
    expect(hours.slice(0, 6).every((bar) => bar.state === (bar.entries > 0 ? 'counted' : 'closed'))).toBe(
      true,
    )
  })

  it('together: one silent gate is told, what others counted is shown', () => {
    const sum = sumBars([figures(facts, gates[0] ?? '', now).hours, figures(facts, silent).hours])
    const last = sum.filter((bar) => bar.from <= now).at(-1)
    expect(last).toMatchObject({ state: 'counted', silentGates: 1 })
  })
})

describe('what needs a hand comes first', () => {
  const tally = (passage: number, fever = 0): Record<What, number> => ({
    passage,
    fever,
    refused: 0,
    vehicle: 0,
  })
  const state = (knownUntil: number | null, feverAt: number | null, overstays: number) => ({
    figures: { feverAt, knownUntil },
    overstays,
  })

  it('silence, then fever, then overstays', () => {
    expect(needOf(state(now - silentAfterMs - 1, now, 1), now, zone)).toBe('silent')
    expect(needOf(state(null, null, 0), now, zone)).toBe('silent')
    expect(needOf(state(now - silentAfterMs, now - feverFreshMs, 1), now, zone)).toBe('fever')
    expect(needOf(state(now, now - feverFreshMs - 1, 1), now, zone)).toBe('overstay')
    expect(needOf(state(now, null, 0), now, zone)).toBe('none')
    expect(needOf({ ...state(null, null, 0), opens: '22:00', closes: '06:00' }, now, zone)).toBe('closed')
  })

  it('a fever of just before midnight needs a hand after it, too', () => {
    const midnight = dayStart(now, zone)
    const at = (minutes: number) => midnight + minutes * 60_000
    const hot = { ...passing, celsius: 38.4, advice: ['fever'] }
    const of = (fevers: readonly number[], minutes: number) => {
      const some = [-1300, ...fevers, 1].map((when, n) => ({
        ...{ ...(facts[n] ?? facts[0]!), kind: 'passage', at: at(when), body: when === 1 ? passing : hot },
      }))
      const items = since(ledgerOf(some), from)
      const found = gateFigures({ post: passing.post }, items, {
        now: at(minutes),
        zone,
        heardAt: at(minutes),
      })
      return { ...found.fevers, need: needOf({ figures: found, overstays: 0 }, at(minutes), zone) }
    }
    expect(of([-20], 30)).toEqual({ need: 'fever', from, count: 2 })
    expect(of([-20, 2], 30)).toEqual({ need: 'fever', from: midnight, count: 1 })
    expect(of([-20], 101).need).toBe('none')
  })

  it('sorts by need, then by traffic', () => {
    const row = fc.record({ need: fc.constantFrom(...needs), passage: fc.nat(50) })
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const sorted = rows
          .map(({ need, passage }) => ({ need, figures: { today: tally(passage) } }))
          .sort(byNeed)
        sorted.slice(1).forEach((b, at) => {
          const a = sorted[at]
          if (a) expect(byNeed(a, b)).toBeLessThanOrEqual(0)
        })
        expect(sorted.map((r) => needs.indexOf(r.need))).toEqual(
          rows.map((r) => needs.indexOf(r.need)).sort(),
        )
      }),
    )
  })
})

describe('days of a zone', () => {
  // In Havana and Santiago clocks change at midnight: back over it, and forward.
  const zones = fc.constantFrom(
    ...['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'UTC'],
    ...['America/Havana', 'America/Santiago'],
  )
  it('hold every moment, follow each other without a gap and have 23 to 25 hours', () => {
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) }), (zone, at) => {
        const start = dayStart(at, zone)
        const end = dayAfter(start, zone)
        expect(start).toBeLessThanOrEqual(at)
        expect(end).toBeGreaterThan(at)
        expect(dayStart(start, zone)).toBe(start)
        expect(dayBefore(end, zone)).toBe(start)
        expect([23, 24, 25]).toContain((end - start) / hourMs)
      }),
    )
  })

  it('begin with the first of two midnights, where clocks go back over it', () => {
    const start = Date.UTC(2026, 10, 1, 4)
    expect(dayStart(start + 30 * 60_000, 'America/Havana')).toBe(start)
    expect(dayStart(start + 20 * hourMs, 'America/Havana')).toBe(start)
    expect(dayStart(start - 60_000, 'America/Havana')).toBe(start - 24 * hourMs)
  })

  it('have the same time of day, whatever the clocks did in between', () => {
    const [winter, summer] = [Date.UTC(2026, 9, 25, 17, 20), Date.UTC(2026, 2, 29, 16, 20)]
    expect(sameTimeBefore(winter, 'Europe/Berlin')).toBe(winter - 25 * hourMs)
    expect(sameTimeBefore(summer, 'Europe/Berlin')).toBe(summer - 23 * hourMs)
    fc.assert(
      fc.property(zones, fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) }), (zone, at) => {
        const then = sameTimeBefore(at, zone)
        const today = dayStart(at, zone)
        expect(then).toBeGreaterThanOrEqual(dayBefore(today, zone))
        expect(then).toBeLessThan(today)
      }),
    )
  })
})
