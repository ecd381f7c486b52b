// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { bundledScanner } from '../../../src/client/platform/decoder.ts'
import type { Asked, Told } from '../../../src/client/platform/decoderManners.ts'

/** The decoder's thread, as the page sees it: it says how it starts, and answers when the test says so. */
class FakeThread extends EventTarget {
  static starts: Told | 'error' = { is: 'ready' }
  static last: FakeThread | null = null
  readonly asked: Asked[] = []
  readonly given: Transferable[] = []
  readonly terminate = vi.fn()

  constructor() {
    super()
    FakeThread.last = this
    const { starts } = FakeThread
    queueMicrotask(() => (starts === 'error' ? this.dispatchEvent(new Event('error')) : this.tell(starts)))
  }

  tell(data: Told): void {
    this.dispatchEvent(new MessageEvent('message', { data }))
  }

  postMessage(asked: Asked, given: Transferable[]): void {
    this.asked.push(asked)
    this.given.push(...given)
  }
}

class Frame {
  static format: string | null = 'NV12'
  readonly format = Frame.format
  readonly visibleRect = { width: 1280, height: 720 }
  readonly close = vi.fn()
}

const video = { videoWidth: 1280, videoHeight: 720 } as HTMLVideoElement

describe('the bundled decoder', () => {
  beforeEach(() => {
    Frame.format = 'NV12'
    FakeThread.starts = { is: 'ready' }
    vi.stubGlobal('Worker', FakeThread)
    vi.stubGlobal('VideoFrame', Frame)
    vi.stubGlobal('ImageData', class {})
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is given frames as the camera has made them, and each question gets its own answer', async () => {
    const scanner = await bundledScanner()
    const texts = [scanner.read(video, 'glance'), scanner.read(video, 'careful')]
    const thread = FakeThread.last
    expect(thread?.asked.map(({ manner }) => manner)).toEqual(['glance', 'careful'])
    expect(thread?.asked.map(({ picture }) => picture)).toEqual(thread?.given)
    for (const { n, manner } of thread?.asked.toReversed() ?? [])
      thread?.tell({ is: 'read', n, text: manner })
    expect(await Promise.all(texts)).toEqual(['glance', 'careful'])
  })

  it('is not given frames whose brightness does not stand apart: they are let go of', async () => {
    Frame.format = 'BGRX'
    const scanner = await bundledScanner()
    await scanner.read(video, 'glance').catch(() => null)
    expect(FakeThread.last?.given.some((one) => one instanceof Frame)).toBe(false)
  })

  it('answers that there is no code where its thread fails at a picture, and is asked again', async () => {
    const scanner = await bundledScanner()
    const first = scanner.read(video, 'glance')
    FakeThread.last?.dispatchEvent(new Event('error'))
    expect(await first).toBeNull()
    const second = scanner.read(video, 'glance')
    FakeThread.last?.tell({ is: 'read', n: 2, text: 'seen' })
    expect(await second).toBe('seen')
  })

  it.each([[{ is: 'broken' } as const], ['error' as const]])(
    'says that it did not start: %o',
    async (starts) => {
      FakeThread.starts = starts
      await expect(bundledScanner()).rejects.toThrow('did not start')
      expect(FakeThread.last?.terminate).toHaveBeenCalledOnce()
    },
  )
})
