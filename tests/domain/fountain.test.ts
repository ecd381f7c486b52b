import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blocksOf, createFountainDecoder, encodeFountain } from '../../src/domain/fountain.ts'
import { seeded } from '../scenarios/simulation/seeded.ts'

const size = 20
const someContent = fc.uint8Array({ minLength: 1, maxLength: 900 })

/** Numbers of the frames that a camera saw: some missed, some twice, in any order, from somewhere in the series. */
function seen(seedNumber: number, blocks: number, lossShare: number): number[] {
  const seed = seeded(seedNumber)
  const from = seed.chance(0.5) ? 0 : seed.int(1000)
  const shown = Array.from({ length: blocks * 6 + 80 }, (_, i) => from + i)
  const caught = shown.filter(() => !seed.chance(lossShare)).flatMap((n) => (seed.chance(0.2) ? [n, n] : [n]))
  return caught
    .map((n) => [seed.unit(), n] as const)
    .sort(([a], [b]) => a - b)
    .map(([, n]) => n)
}

describe('the fountain code', () => {
  it('[RL6] gives the content back from any frames, once there are enough of them', () => {
    const share = fc.constantFrom(0, 0.3, 0.6)
    fc.assert(
      fc.property(someContent, fc.nat(), share, (content, seedNumber, lossShare) => {
        const blockOf = encodeFountain(content, size)
        const decoder = createFountainDecoder(content.length, size)
        for (const n of seen(seedNumber, decoder.blocks, lossShare)) {
          decoder.add(n, blockOf(n))
          if (decoder.known() < decoder.blocks) expect(decoder.content()).toBeNull()
          else break
        }
        expect(decoder.content()).toEqual(new Uint8Array(content))
      }),
    )
  })

  it('needs few frames more than there are blocks', () => {
    const content = seeded(7).bytes(200 * size)
    const blockOf = encodeFountain(content, size)
    const extra = Array.from({ length: 20 }, (_, round) => {
      const decoder = createFountainDecoder(content.length, size)
      let count = 0
      for (let n = 1000 * (round + 1); decoder.known() < decoder.blocks; n++, count++)
        decoder.add(n, blockOf(n))
      return count - decoder.blocks
    })
    expect(Math.max(...extra)).toBeLessThan(20)
  })

  it('says of a frame that it had whether it brings anything', () => {
    const content = new Uint8Array([1, 2, 3, 4, 5])
    const blockOf = encodeFountain(content, 2)
    const decoder = createFountainDecoder(5, 2)
    expect(decoder.blocks).toBe(blocksOf(5, 2))
    expect([0, 0, 1].map((n) => decoder.add(n, blockOf(n)))).toEqual([true, false, true])
    expect(decoder.content()).toBeNull()
    decoder.add(2, blockOf(2))
    expect(decoder.content()).toEqual(content)
  })
})
