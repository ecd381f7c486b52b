import fc from 'fast-check'
import { expect, it } from 'vitest'
import { linesAbove } from '../../../src/client/store/factRows.ts'
import { factLine } from '../../../src/protocol/pull.ts'

const seqs = fc.uniqueArray(fc.integer({ min: 1, max: 2000 }), { maxLength: 60 })
const entry = fc.string().map((text) => JSON.stringify({ text }))

it('the lines above an order number are those of a text that stand above it, so many at a time', () => {
  fc.assert(
    fc.property(seqs, entry, fc.nat(2000), fc.integer({ min: 1, max: 70 }), (some, body, seq, atOnce) => {
      const inOrder = some.sort((a, b) => a - b)
      const lines = inOrder.map((s) => factLine(s, 5, null, body))
      const slices = [...linesAbove(lines.join('\n'), seq, atOnce)]
      expect(slices.flat()).toEqual(lines.filter((_, i) => (inOrder[i] ?? 0) > seq))
      expect(slices.slice(0, -1).every((slice) => slice.length === atOnce)).toBe(true)
      expect(Math.max(0, ...slices.map((slice) => slice.length))).toBeLessThanOrEqual(atOnce)
    }),
  )
})
