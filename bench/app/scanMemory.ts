import type { CDPSession, Page } from 'playwright-core'
import type { ChromiumHand } from '../../tests/support/hand.ts'
import type { Phone } from '../../tests/support/phone.ts'
import { writePictures } from '../../tests/support/posterFilm.ts'
import { pageMemoryMb } from '../lib/processes.ts'
import { sleep } from '../lib/stage.ts'

interface Looking {
  phone: Phone
  hand: ChromiumHand
  film: string
  wall: readonly Buffer[]
}

interface Memory {
  heap: number
  page: number
}

const shareBefore = 0.1
const minuteMs = 60_000
const readings = 3

/** For the browser: lets a thread take its own rubbish away. */
export const rubbishArgs = '--js-flags=--expose-gc'

/** The decoder's thread has a heap of its own, which nobody collects who asks the page. */
const collectInThread = (): void => {
  if (!globalThis.gc) throw new Error('no way to collect in a thread')
  globalThis.gc()
}

/** What is held after rubbish was taken away, of the page and of its threads, MB: the least of a few readings. */
async function held(session: CDPSession, page: Page, profile: string): Promise<Memory> {
  const seen: Memory[] = []
  for (let n = 0; n < readings; n++) {
    await session.send('HeapProfiler.collectGarbage')
    for (const thread of page.workers()) await thread.evaluate(collectInThread)
    const { usedSize } = await session.send('Runtime.getHeapUsage')
    seen.push({ heap: usedSize / 1048576, page: pageMemoryMb(profile) })
    await sleep(500)
  }
  return { heap: Math.min(...seen.map((m) => m.heap)), page: Math.min(...seen.map((m) => m.page)) }
}

/** The camera looks at a wall, and nobody comes; MB that the page has more at the end than after a tenth of the time. */
export async function lookOn(
  { phone, hand, film, wall }: Looking,
  minutes: number,
): Promise<Record<string, number>> {
  writePictures(film, wall)
  await hand.goto(new URL('/checkin', hand.page.url()).href)
  const session = await phone.context.newCDPSession(hand.page)
  await sleep(minutes * minuteMs * shareBefore)
  const before = await held(session, hand.page, phone.profile)
  await sleep(minutes * minuteMs * (1 - shareBefore))
  const after = await held(session, hand.page, phone.profile)
  if (hand.page.workers().length === 0) throw new Error('no decoder was looking')
  const looking = await hand.page.evaluate(() => !document.querySelector('video')?.paused)
  if (!looking) throw new Error('the camera had stopped')
  return {
    heap_grown_mb: after.heap - before.heap,
    page_grown_mb: after.page - before.page,
    page_mb: after.page,
  }
}
