import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { greyFile, greyFrames, isGrey, type Luma } from '../../../src/client/platform/grey.ts'

const ascii = new TextDecoder('ascii')

/** Rows of seeded brightness with something else between them, as cameras give it. */
const lumas = fc
  .record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 24 }),
    offset: fc.nat(5),
    between: fc.nat(7),
    seed: fc.nat(250),
  })
  .map(({ width, height, offset, between, seed }): Luma => {
    const stride = width + between
    const bytes = Uint8Array.from({ length: offset + stride * height }, (_, n) => (n * 37 + seed) % 256)
    return { bytes, offset, stride, width, height }
  })

/** A PGM as its rules say: magic, width, height, the greatest value, one blank, and then the pixels. */
function opened(file: Uint8Array): { width: number; height: number; pixels: Uint8Array } {
  const [head = '', width, height] = /^P5\n(\d+) (\d+)\n255\n/.exec(ascii.decode(file.subarray(0, 30))) ?? []
  return { width: Number(width), height: Number(height), pixels: file.subarray(head.length) }
}

describe('a grey picture', () => {
  it('has every pixel as it was where nothing is shrunk', () => {
    fc.assert(
      fc.property(lumas, (luma) => {
        const { width, height, pixels } = opened(greyFile(luma, 1))
        expect([width, height]).toEqual([luma.width, luma.height])
        const wanted = Array.from({ length: width * height }, (_, n) => {
          const at = luma.offset + Math.floor(n / width) * luma.stride + (n % width)
          return luma.bytes[at]
        })
        expect([...pixels]).toEqual(wanted)
      }),
    )
  })

  it('shrunk has no pixel beyond those of its square, and an even one stays as it was', () => {
    fc.assert(
      fc.property(lumas, fc.integer({ min: 2, max: 4 }), (luma, times) => {
        const { width, height, pixels } = opened(greyFile(luma, times))
        expect([width, height]).toEqual([Math.floor(luma.width / times), Math.floor(luma.height / times)])
        expect(pixels).toHaveLength(width * height)
        for (const [n, pixel] of pixels.entries()) {
          const [left, top] = [(n % width) * times, Math.floor(n / width) * times]
          const square = Array.from({ length: times * times }, (_, k) => {
            const row = luma.offset + (top + Math.floor(k / times)) * luma.stride
            return luma.bytes[row + left + (k % times)] ?? NaN
          })
          expect(pixel).toBeGreaterThanOrEqual(Math.min(...square))
          expect(pixel).toBeLessThanOrEqual(Math.max(...square))
        }
      }),
    )
  })

  it('is written where the last one was, if it has the size', () => {
    const luma: Luma = { bytes: new Uint8Array(16).fill(7), offset: 0, stride: 4, width: 4, height: 4 }
    const first = greyFile(luma, 2)
    expect(greyFile(luma, 2, first)).toBe(first)
    expect(greyFile(luma, 1, first)).not.toBe(first)
  })
})

describe('a video’s frame', () => {
  /** A frame like this; tells how many were let go of. */
  function frameOf(format: VideoPixelFormat | null, width: number, height: number) {
    const closed = vi.fn()
    const frame: Partial<VideoFrame> = {
      format,
      visibleRect: { width, height } as DOMRectReadOnly,
      allocationSize: () => (width * height * 3) / 2,
      copyTo(planes) {
        if (planes instanceof Uint8Array) planes.fill(90, 0, width * height)
        return Promise.resolve([{ offset: 0, stride: width }])
      },
      close: closed,
    }
    return { frame: frame as VideoFrame, closed }
  }

  it.each([
    [1280, 720, 640, 360],
    [720, 1280, 360, 640],
    [640, 480, 640, 480],
    [1920, 1080, 640, 360],
  ])('of %i × %i is looked at as %i × %i, and let go of', async (width, height, across, down) => {
    const { frame, closed } = frameOf('NV12', width, height)
    const file = await greyFrames(640)(frame)
    if (!file) throw new Error('no picture')
    const picture = opened(file)
    expect([picture.width, picture.height]).toEqual([across, down])
    expect(picture.pixels.every((one) => one === 90)).toBe(true)
    expect(closed).toHaveBeenCalledOnce()
  })

  it('whose brightness does not stand apart is not looked at, and let go of', async () => {
    for (const format of ['RGBA', 'BGRX', null] as const) {
      const { frame, closed } = frameOf(format, 64, 64)
      expect(isGrey(frame)).toBe(false)
      expect(await greyFrames(640)(frame)).toBeNull()
      expect(closed).toHaveBeenCalledOnce()
    }
  })
})
