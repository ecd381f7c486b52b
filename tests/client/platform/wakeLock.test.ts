// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { keepAwake } from '../../../src/client/platform/wakeLock.ts'

/** A browser's wake lock, which goes whenever the page is hidden. */
function screenLock() {
  const held = new Set<object>()
  const lock = () => {
    const one = {
      get released() {
        return !held.has(one)
      },
      release: () => Promise.resolve(void held.delete(one)),
    }
    held.add(one)
    return one
  }
  vi.stubGlobal('navigator', { wakeLock: { request: () => Promise.resolve(lock()) } })
  return held
}

let seen: DocumentVisibilityState = 'visible'
vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => seen)
async function turn(to: DocumentVisibilityState, held?: Set<object>): Promise<void> {
  seen = to
  if (to === 'hidden') held?.clear()
  document.dispatchEvent(new Event('visibilitychange'))
  await flushPromises()
}

afterEach(() => {
  seen = 'visible'
  vi.unstubAllGlobals()
})

describe('the screen', () => {
  it('stays awake until it is let go, also after the page was hidden', async () => {
    const held = screenLock()
    const letGo = keepAwake()
    await flushPromises()
    expect(held.size).toBe(1)
    await turn('hidden', held)
    expect(held.size).toBe(0)
    await turn('visible')
    expect(held.size).toBe(1)
    await turn('visible')
    expect(held.size).toBe(1)
    letGo()
    await turn('visible')
    expect(held.size).toBe(0)
  })

  it('is let go, too, where the lock comes only after the page was left', async () => {
    const held = screenLock()
    keepAwake()()
    await flushPromises()
    expect(held.size).toBe(0)
  })

  it('sleeps as it is set where there is no lock or none is given', async () => {
    vi.stubGlobal('navigator', {})
    expect(keepAwake()).not.toThrow()
    const refused = vi.fn(() => Promise.reject(new Error('low battery')))
    vi.stubGlobal('navigator', { wakeLock: { request: refused } })
    const letGo = keepAwake()
    await turn('visible')
    expect(refused).toHaveBeenCalledTimes(2)
    letGo()
  })
})
