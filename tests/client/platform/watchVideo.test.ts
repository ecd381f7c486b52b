// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchVideo, type Scanner } from '../../../src/client/platform/scanner.ts'

/** A video whose frames come when the test says so, and a scanner that takes so long for each, ms. */
function watching(readMs: number, texts: readonly (string | null)[] = []) {
  const video = document.createElement('video')
  let waiting: ((() => void) | null)[] = []
  Object.defineProperty(video, 'readyState', { value: 2 })
  Object.assign(video, {
    requestVideoFrameCallback: (hear: () => void) => waiting.push(hear),
    cancelVideoFrameCallback: (n: number) => (waiting[n - 1] = null),
  })
  const looks: number[] = []
  const told: string[] = []
  const scanner: Scanner = {
    async read() {
      looks.push(performance.now())
      const text = texts[looks.length - 1] ?? null
      await new Promise((done) => setTimeout(done, readMs))
      return text
    },
    readPicture: () => Promise.resolve(null),
  }
  const stop = watchVideo(scanner, video, (text) => told.push(text))
  const frame = (): void => {
    const heard = waiting
    waiting = []
    for (const hear of heard) hear?.()
  }
  return { looks, told, stop, frame }
}

describe('looking at a video', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: 0 })
    vi.stubGlobal('HTMLMediaElement', { HAVE_CURRENT_DATA: 2 })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('looks at one frame after the other, and at once at what came meanwhile', async () => {
    const { looks, frame } = watching(20)
    await vi.advanceTimersByTimeAsync(10)
    frame()
    await vi.advanceTimersByTimeAsync(9)
    expect(looks).toEqual([0])
    await vi.advanceTimersByTimeAsync(1)
    expect(looks).toEqual([0, 20])
  })

  it('looks at no frame twice: it waits for the next one, and not for ever', async () => {
    const { looks, frame } = watching(20)
    await vi.advanceTimersByTimeAsync(50)
    expect(looks).toEqual([0])
    frame()
    await vi.advanceTimersByTimeAsync(0)
    expect(looks).toEqual([0, 50])
    await vi.advanceTimersByTimeAsync(120)
    expect(looks).toEqual([0, 50, 170])
  })

  it('lets what was read be answered before it looks again', async () => {
    const { looks, told, frame } = watching(20, ['code'])
    await vi.advanceTimersByTimeAsync(100)
    frame()
    await vi.advanceTimersByTimeAsync(169)
    expect([looks, told]).toEqual([[0], ['code']])
    await vi.advanceTimersByTimeAsync(1)
    expect(looks).toEqual([0, 270])
  })

  it('tells nothing more once it has ended', async () => {
    const { looks, told, stop, frame } = watching(20, ['code'])
    stop()
    await vi.advanceTimersByTimeAsync(400)
    frame()
    expect([looks, told]).toEqual([[0], []])
  })
})
