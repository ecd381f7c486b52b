// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { breatheBehind, comesFirst } from '../../../src/client/platform/breath.ts'

/** A browser that gives a turn to what goes on behind where `free` says so. */
let free = true
const postTask = (turn: () => void): Promise<void> =>
  free ? Promise.resolve().then(turn) : new Promise(() => undefined)

beforeEach(() => {
  free = true
  vi.useFakeTimers()
  vi.stubGlobal('scheduler', { postTask })
})
afterEach(async () => {
  await vi.runAllTimersAsync()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function breath() {
  const seen = { over: false }
  void breatheBehind().then(() => (seen.over = true))
  return seen
}
const after = (ms: number) => vi.advanceTimersByTimeAsync(ms)

describe('a breath of what goes on behind a screen', () => {
  it('ends when the browser is free, and leaves no timer behind', async () => {
    const one = breath()
    await after(0)
    expect(one.over).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('ends soon in a browser that is never free', async () => {
    free = false
    const one = breath()
    await after(49)
    expect(one.over).toBe(false)
    await after(1)
    expect(one.over).toBe(true)
  })

  it('lasts until everything is done that comes first, also where that fails', async () => {
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()]
    const given = comesFirst(first.promise)
    comesFirst(second.promise).catch(() => undefined)
    const one = breath()
    first.resolve('told')
    expect(await given).toBe('told')
    await after(20)
    expect(one.over).toBe(false)
    second.reject(new Error('no network'))
    await after(0)
    expect(one.over).toBe(true)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('does not wait for long for what is never done', async () => {
    void comesFirst(new Promise(() => undefined))
    const one = breath()
    await after(249)
    expect(one.over).toBe(false)
    await after(1)
    expect(one.over).toBe(true)
    const next = breath()
    await after(0)
    expect(next.over).toBe(true)
  })
})
