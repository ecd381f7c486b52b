import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pageMaxBytes, pageMaxEntries, payloadOf } from '../../../src/protocol/page.ts'
import { cut } from '../../../src/client/sync/seal.ts'
import type { OwnRow } from '../../../src/client/store/rows.ts'

const row = (n: number, line: string): OwnRow => ({ n, id: String(n), logbook: 'x', kind: 'x', at: 0, line })
const bytes = (text: string): number => new TextEncoder().encode(text).byteLength

describe('[PG2] cutting entries into pages', () => {
  it('keeps order and loses none; pages are within number and size, their counters without a gap', () => {
    const entry = fc.record({
      skip: fc.nat({ max: 1 }),
      size: fc.oneof(fc.nat({ max: 500 }), fc.integer({ min: 50_000, max: pageMaxBytes + 10 })),
      wide: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 250 }), (entries) => {
        let n = 0
        const rows = entries.map(({ skip, size, wide }) =>
          row((n += 1 + skip), (wide ? '门' : 'x').repeat(size)),
        )
        const { pages, tooLarge } = cut(rows)
        expect([...pages.flat(), ...tooLarge].toSorted((a, b) => a.n - b.n)).toEqual(rows)
        expect(tooLarge.every(({ line }) => bytes(line) > pageMaxBytes)).toBe(true)
        for (const page of pages) {
          expect(page.length).toBeLessThanOrEqual(pageMaxEntries)
          expect(bytes(payloadOf(page.map(({ line }) => line)))).toBeLessThanOrEqual(pageMaxBytes)
          expect(page.map((one, i) => one.n - i)).toEqual(page.map(() => page[0]?.n))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('fills pages: a hundred small entries are one page, two of exactly half the size are one', () => {
    const small = Array.from({ length: 101 }, (_, i) => row(i + 1, 'x'))
    expect(cut(small).pages.map((page) => page.length)).toEqual([100, 1])
    const half = 'x'.repeat((pageMaxBytes - 2) / 2)
    expect(cut([row(1, half), row(2, half)]).pages).toHaveLength(1)
    expect(cut([row(1, half), row(2, `${half}xx`)]).pages).toHaveLength(2)
  })
})
