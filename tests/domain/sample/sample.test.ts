import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import type { Draft } from '../../../src/domain/entry.ts'
import { isUuid } from '../../../src/domain/ids.ts'
import { kindOf } from '../../../src/domain/kinds/index.ts'
import { parseLogbookId } from '../../../src/domain/logbooks.ts'
import { absorbDuty, emptyDuty } from '../../../src/domain/rules/duty/book.ts'
import { fillOf, openTurns, staffedBetween } from '../../../src/domain/rules/duty/roster.ts'
import { readShortCode } from '../../../src/domain/rules/duty/shortCode.ts'
import { heldBy } from '../../../src/domain/rules/duty/warnings.ts'
import { sampleNeighbourhood } from '../../../src/domain/sample/index.ts'

const community = '0190a000-0000-7000-8000-000000000001'
const now = Date.UTC(2026, 10, 22, 7, 34)
const request = { seed: 7, community, zone: 'Asia/Shanghai', now }
const drafts = sampleNeighbourhood(request)

const of = (kind: string, from: readonly Draft[] = drafts) => from.filter((d) => d.kind === kind)
const facts = drafts.filter((d) => d.at !== undefined)
const passages = of('passage')
const count = (test: (body: Record<string, unknown>) => boolean) =>
  passages.filter((p) => test(p.body)).length

describe('sample neighbourhood', () => {
  it('has 1 community, 5 compounds, 9 gates, 1,000 households and 60 members', () => {
    const places = of('place').map((d) => d.body['level'])
    expect(places.filter((l) => l === 'community')).toHaveLength(1)
    expect(places.filter((l) => l === 'compound')).toHaveLength(5)
    expect(places.filter((l) => l === 'building')).toHaveLength(34)
    expect(of('post').filter((d) => d.body['type'] === 'gate')).toHaveLength(9)
    expect(of('post').filter((d) => d.body['type'] !== 'gate').length).toBeGreaterThanOrEqual(8)
    expect(of('household')).toHaveLength(1000)
    expect(of('member')).toHaveLength(60)
  })

  it('is the same for the same seed, and another one for another', () => {
    expect(sampleNeighbourhood(request)).toEqual(drafts)
    expect(sampleNeighbourhood({ ...request, seed: 8 })).not.toEqual(drafts)
  })

  it('marks the community as a sample', () => {
    expect(drafts[0]).toMatchObject({ kind: 'place', record: community, body: { sample: true } })
  })

  it('says sample in every name of a person and has no phone that could ring', () => {
    const people = [...of('member').map((d) => d.body), ...of('household').flatMap((d) => d.body['people'])]
    for (const person of people) {
      const { name, phone = '0' } = v.parse(
        v.object({ name: v.string(), phone: v.optional(v.string()) }),
        person,
      )
      expect(name).toMatch(/样本|示例/)
      expect(phone).toMatch(/^0/)
    }
    expect(new Set(of('member').map((d) => d.body['name'])).size).toBe(60)
  })

  it('names every home once in its compound', () => {
    const homes = of('household').map((d) => `${d.logbook} ${String(d.body['home'])}`)
    expect(new Set(homes).size).toBe(1000)
  })

  it('has a daily curve, fevers, refusals, couriers, corrections and a silent gate', () => {
    expect(passages.length).toBeGreaterThan(3000)
    expect(passages.length).toBeLessThan(6000)
    const at = (hour: number) =>
      passages.filter((p) => new Date(p.at ?? 0).getUTCHours() === (hour + 24 - 8) % 24).length
    expect(at(18)).toBeGreaterThan(6 * Math.max(1, at(2)))
    expect(count((b) => b['reason'] === 'fever')).toBeGreaterThanOrEqual(4)
    expect(count((b) => b['reason'] === 'courier')).toBeGreaterThan(20)
    expect(of('correction').filter((d) => d.body['retract'] === true).length).toBeGreaterThan(2)
    expect(of('correction').filter((d) => d.body['patch'] !== undefined).length).toBeGreaterThan(5)
    expect(of('handover').length).toBeGreaterThan(20)
    const last = (post: string) =>
      Math.max(...passages.filter((p) => p.body['post'] === post).map((p) => p.at ?? 0))
    const gates = of('post').filter((d) => d.body['type'] === 'gate')
    const silent = gates.filter((g) => last(g.record ?? '') <= now - 3 * 3_600_000)
    expect(silent.map((g) => g.body['name'])).toEqual(['北门'])
  })

  it('holds for any seed, zone and moment: valid bodies, own logbooks, known targets, within three days', () => {
    const zones = fc.constantFrom('Asia/Shanghai', 'Asia/Urumqi', 'Europe/Berlin', 'America/New_York', 'UTC')
    const moments = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) })
    fc.assert(
      fc.property(fc.integer(), zones, moments, (seed, zone, moment) => {
        const all = sampleNeighbourhood({ seed, zone, now: moment, community })
        expect(of('household', all)).toHaveLength(1000)
        const places = new Set(of('place', all).map((d) => d.record))
        const ids = new Set(all.map((d) => d.id ?? d.record))
        expect(ids.size).toBe(all.length)
        let before = -Infinity
        for (const draft of all) {
          const kind = kindOf(draft.kind)
          const logbook = parseLogbookId(draft.logbook)
          expect(v.safeParse(kind?.body ?? v.never(), draft.body).success).toBe(true)
          expect(logbook?.purpose).toBe(kind?.logbook)
          expect(places.has(logbook?.place)).toBe(true)
          expect(isUuid(draft.id ?? draft.record ?? '')).toBe(true)
          for (const key of [
            'target',
            'about',
            'handover',
            'household',
            'building',
            'parent',
            'post',
            'shift',
            'member',
          ])
            if (key in draft.body) expect(ids.has(String(draft.body[key]))).toBe(true)
          if (draft.at === undefined) continue
          expect(draft.at).toBeGreaterThanOrEqual(before)
          expect(draft.at).toBeGreaterThan(moment - 72 * 3_600_000)
          expect(draft.at).toBeLessThanOrEqual(moment)
          before = draft.at
        }
      }),
      { numRuns: 8 },
    )
  })

  it('has a roster of last, this and next week: gaps ahead, nobody at two posts at once', () => {
    const book = emptyDuty()
    absorbDuty(
      book,
      facts.map((draft, seq) => ({
        ...{
          id: draft.id ?? '',
          kind: draft.kind,
          v: 1,
          logbook: draft.logbook,
          by: community,
          body: draft.body,
        },
        ...{
          at: draft.at ?? 0,
          deviceAt: draft.at ?? 0,
          seq,
          flags: [],
          state: 'sent' as const,
          mine: false,
        },
      })),
    )
    const list = staffedBetween(book, -Infinity, Infinity)
    const week = 7 * 86_400_000
    for (const from of [-2, -1, 0, 1])
      expect(list.some(({ turn }) => turn.body.starts > now + (from * week) / 2)).toBe(true)
    const fills = new Set(list.filter(({ turn }) => turn.body.starts > now).map(fillOf))
    expect([...fills].sort()).toEqual(['empty', 'full', 'short'])
    for (const turns of heldBy(list).values())
      for (const [n, turn] of turns.entries())
        expect(turn.body.starts).toBeGreaterThanOrEqual(turns[n - 1]?.body.ends ?? -Infinity)
    expect(openTurns(book, community, now).length).toBeGreaterThan(20)
    const codes = of('post').map((d) => String(d.body['code']))
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.map(readShortCode)).toEqual(codes)
  })

  it('saves facts after everything they stand in', () => {
    const first = drafts.indexOf(facts[0] ?? { kind: '', logbook: '', body: {} })
    expect(drafts.slice(first).every((d) => d.at !== undefined)).toBe(true)
  })
})
