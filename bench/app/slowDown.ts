import type { Page } from 'playwright-core'

/**
 * In the decoder's thread: it answers what it was asked `times` as late as it would, from its first look at the frame on. What
 * is far more than usual was waiting for the machine, and a slower processor would not wait longer.
 */
function answerLate(times: number): void {
  const { copyTo } = VideoFrame.prototype
  const { postMessage } = globalThis
  const lately: number[] = []
  let begun: number | null = null
  VideoFrame.prototype.copyTo = function (...given) {
    begun = performance.now()
    return copyTo.apply(this, given)
  }
  globalThis.postMessage = (...said: unknown[]): void => {
    const took = begun === null ? 0 : performance.now() - begun
    lately.unshift(took)
    lately.length = Math.min(lately.length, 15)
    const usual = lately.toSorted((a, b) => a - b)[lately.length >> 1] ?? took
    const counted = Math.min(took, 2 * usual)
    setTimeout(() => void Reflect.apply(postMessage, globalThis, said), counted * (times - 1))
  }
}

/** The browser slows down the page alone; this does the same to the decoder's thread, once it is started. */
export function slowDecoder(page: Page, times: number): void {
  page.on('worker', (thread) => void thread.evaluate(answerLate, times).catch(() => undefined))
}

/** A processor `times` slower. */
export async function slowDown(page: Page, times: number): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: times })
}
