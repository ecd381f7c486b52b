import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLoop, waitMs, type Step } from '../../../src/client/sync/loop.ts'
import { quiet } from '../../support/eventually.ts'
import { virtualTime } from '../../support/virtualTime.ts'

function looping(step: (signal: AbortSignal) => Promise<Step>, hungAfterMs: number | null = 100_000) {
  const time = virtualTime()
  const random = { unit: () => 0, bytes: (n: number) => new Uint8Array(n) }
  return { time, loop: createLoop({ timers: time.timers, random, step, hungAfterMs }) }
}

/** As `looping`, counting; the first step waits until it is let go, every step ends as `step` says. */
function counting(step: Step, firstWaits = false) {
  const seen = { steps: 0, signals: [] as AbortSignal[], release: (): void => undefined }
  const parts = looping(async (signal) => {
    seen.signals.push(signal)
    seen.steps += 1
    if (firstWaits && seen.steps === 1) await new Promise<void>((done) => (seen.release = done))
    return step
  })
  return { ...parts, seen }
}

describe('the wait after a failure', () => {
  it('is 2 s doubling to 5 min, less at most half', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, unit) => {
          const full = Math.min(300_000, 2000 * 2 ** Math.min(failures - 1, 30))
          const wait = waitMs(failures, unit)
          return wait <= full && wait >= full / 2
        },
      ),
    )
    expect([1, 2, 3, 9, 50].map((n) => waitMs(n, 0))).toEqual([2000, 4000, 8000, 300_000, 300_000])
  })
})

describe('a loop', () => {
  it('does not begin again while waiting, then does', async () => {
    const { time, loop, seen } = counting({ failed: 'offline' })
    loop.wake()
    await quiet()
    time.pass(1999)
    await quiet()
    expect(seen.steps).toBe(1)
    time.pass(1)
    await quiet()
    expect(seen.steps).toBe(2)
    time.pass(3999)
    await quiet()
    expect(seen.steps).toBe(2)
  })

  it('an urge ends the waiting and starts the doubling anew', async () => {
    const { time, loop, seen } = counting({ failed: 'offline' })
    loop.wake()
    for (let i = 0; i < 6; i++) {
      await quiet()
      time.pass(300_000)
    }
    await quiet()
    const before = seen.steps
    loop.urge()
    await quiet()
    expect(seen.steps).toBe(before + 1)
    time.pass(2000)
    await quiet()
    expect(seen.steps).toBe(before + 2)
  })

  it('a wake while waiting long shortens the wait to 2 s; what the centre asked for stays', async () => {
    let steps = 0
    let retryAfterMs: number | undefined
    const { time, loop } = looping(async () => {
      steps += 1
      return { failed: 'busy', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
    })
    loop.wake()
    for (let i = 0; i < 6; i++) {
      await quiet()
      time.pass(300_000)
    }
    await quiet()
    const before = steps
    loop.wake()
    retryAfterMs = 60_000
    time.pass(2000)
    await quiet()
    expect(steps).toBe(before + 1)
    loop.wake()
    time.pass(59_000)
    await quiet()
    expect(steps).toBe(before + 1)
  })

  it('what wakes it during a step is not lost', async () => {
    const { loop, seen } = counting('idle', true)
    loop.wake()
    loop.wake()
    seen.release()
    await quiet()
    expect(seen.steps).toBe(2)
  })

  it('an urge during a step that then fails is answered by another at once, once', async () => {
    const { loop, seen } = counting({ failed: 'offline' }, true)
    loop.wake()
    loop.urge()
    seen.release()
    await quiet()
    expect(seen.steps).toBe(2)
  })

  it('(failure mode 19) a step that hangs is given up within two minutes; its late end changes nothing', async () => {
    const { time, loop, seen } = counting('idle', true)
    loop.wake()
    time.pass(119_000)
    await quiet()
    expect(seen.steps).toBe(2)
    expect(seen.signals[0]?.aborted).toBe(true)
    seen.release()
    await quiet()
    expect(seen.steps).toBe(2)
  })

  it('an error in a step is a failure like others', async () => {
    let steps = 0
    const { time, loop } = looping(async () => {
      steps += 1
      throw new Error('unforeseen')
    })
    loop.wake()
    await quiet()
    time.pass(2000)
    await quiet()
    expect(steps).toBe(2)
    loop.stop()
    time.pass(600_000)
    await quiet()
    expect(steps).toBe(2)
  })
})
