import type { Page } from 'playwright-core'
import { ChromiumHand, shows } from '../../tests/support/hand.ts'
import { Scene } from '../../tests/support/scene.ts'
import { join } from '../../tests/support/story.ts'
import { until } from '../../tests/support/waiting.ts'
import { words } from '../../tests/support/words.ts'
import { median, quantile } from '../lib/stats.ts'
import { boardDay, type BoardDay } from './boardDay.ts'
import { slowDown } from './slowDown.ts'

const slower = 4
const opens = 5
const arrivals = 20
const pageOf = 100

/**
 * The duty board of a day with so many check-ins, processor 4 times slower. `open_ms`: from the tap on *On duty* until all
 * figures stand there, while the desk is in use; `first_ms`: the first time after the app was started, when the logbook
 * has to be read; `cold_ms`: from the navigation to its address. `update_p95_ms`: from the end of the answer that brought
 * an entry until the board shows it, in use; `early_p95_ms`: the same right after the app was started, while the logbook is
 * still being read behind the board.
 */
export async function board(checkIns: number): Promise<Record<string, number>> {
  const scene = new Scene()
  try {
    await scene.begin()
    const day = await fill(scene, checkIns)
    const { page, hand } = await desk(scene)
    await shows(hand, words('sync.pill.sent'), 120_000)
    await until('the board has everything', async () => (await figure(page)) >= checkIns, 120_000)
    await until('the board is kept', () => page.evaluate(isKept, checkIns), 120_000)
    await slowDown(page, slower)
    const cold = await coldStart(page, `${scene.origin}/desk/duty`, checkIns)
    await page.goto(`${scene.origin}/desk/board`)
    await shows(hand, words('duty.side.duty'))
    const first = await openOnce(page, checkIns)
    const took: number[] = []
    // Behind what was kept the logbook is read, for which everything else goes first.
    await page.evaluate(() => new Promise<void>((done) => requestIdleCallback(() => done())))
    for (let i = 0; i < opens; i++) {
      await hand.press(words('duty.side.gates'))
      await page.waitForURL(/desk\/board/)
      took.push(await openOnce(page, checkIns))
    }
    const early = await arrive(scene, page, day, checkIns)
    // With these the board can be kept only once the logbook has been read; then the desk is in use.
    await until('the logbook is read', () => page.evaluate(isKept, checkIns + arrivals), 120_000)
    const updates = await arrive(scene, page, day, checkIns + arrivals)
    return {
      ...{ open_ms: median(took), first_ms: first, cold_ms: cold },
      ...{ update_p50_ms: quantile(updates, 0.5), update_p95_ms: quantile(updates, 0.95) },
      ...{ early_p50_ms: quantile(early, 0.5), early_p95_ms: quantile(early, 0.95) },
    }
  } finally {
    await scene.end()
  }
}

async function fill({ place }: Scene, checkIns: number): Promise<BoardDay> {
  const day = boardDay(place.coordinator.community, checkIns, Date.now() - 60_000)
  for (let i = 0; i < day.drafts.length; i += pageOf)
    await place.coordinator.save(day.drafts.slice(i, i + pageOf))
  return day
}

async function desk(scene: Scene) {
  const phone = scene.newPhone({ width: 1280, height: 800 })
  const page = await phone.switchOn()
  await page.addInitScript({ content: `window.countShown = ${countShown.toString()}` })
  const hand = new ChromiumHand(page)
  const { coordinator } = scene.place
  const link = await coordinator.invite('coordinator', coordinator.community, 'Sample office', scene.origin)
  await join(hand, link, 'Sample office')
  await hand.press(words('enrol.begin'))
  await hand.goto(`${scene.origin}/desk/duty`)
  return { page, hand }
}

/** In the page: is the board of that many check-ins kept for the next start? */
function isKept(wanted: number): Promise<boolean> {
  return new Promise((done) => {
    const opening = indexedDB.open('gatepost')
    opening.onsuccess = () => {
      const rows = opening.result.transaction('kept').objectStore('kept').getAll()
      rows.onsuccess = () => {
        opening.result.close()
        const sizes = rows.result.map(
          (row: { what: { posts: { at: Float64Array } } }) => row.what.posts.at.length,
        )
        done(sizes.some((size) => size >= wanted))
      }
    }
  })
}

declare global {
  interface Window {
    countShown?: (label: string) => number
    figureBox?: Element | undefined
  }
}

/** Check-ins of today that the board has. */
const figure = (page: Page): Promise<number> => page.evaluate(countShown, words('duty.figure.came'))

/** In the page: the figure below the label; -1 while there is none. It is looked for once, since looking costs time as well. */
function countShown(label: string): number {
  if (!window.figureBox?.isConnected)
    window.figureBox = [...document.querySelectorAll('a.figure')].find((one) =>
      one.textContent.includes(label),
    )
  const box = window.figureBox
  const text = box?.textContent.slice(label.length).replaceAll(',', '') ?? ''
  return Number(/\d+/.exec(text)?.[0] ?? -1)
}

/** In the page: presses the other side of the board, and waits until the figure is complete and painted. */
function openAndWait([side, label, wanted]: readonly [string, string, number]): Promise<number> {
  const shown = window.countShown ?? (() => -1)
  const input = [...document.querySelectorAll('label')].find((one) => one.textContent.trim() === side)
  const began = performance.now()
  input?.click()
  return new Promise((done) => {
    const look = () =>
      shown(label) >= wanted
        ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)))
        : requestAnimationFrame(look)
    look()
  })
}

const openOnce = (page: Page, wanted: number): Promise<number> =>
  page.evaluate(openAndWait, [words('duty.side.duty'), words('duty.figure.came'), wanted] as const)

async function coldStart(page: Page, url: string, wanted: number): Promise<number> {
  await page.goto(url)
  await until('the board is complete', async () => (await figure(page)) >= wanted, 60_000)
  return page.evaluate(() => performance.now())
}

/** One entry after another, each brought by somebody else; ms from the end of the answer that had it. */
async function arrive(scene: Scene, page: Page, day: BoardDay, before: number): Promise<number[]> {
  const took: number[] = []
  for (let i = 0; i < arrivals; i++) {
    const wanted = before + i + 1
    const seen = page.evaluate(noteArrival, [words('duty.figure.came'), wanted] as const)
    const body = { post: day.posts[i], name: 'Sample guest', way: 'leader' }
    await scene.place.coordinator.save([{ kind: 'checkIn', logbook: day.logbook, body }])
    took.push(await seen)
  }
  return took
}

/**
 * In the page: ms from the end of the last pull's answer until the figure counts one more and is painted. It looks only
 * when something was drawn: a look at every frame would have the browser draw all the time.
 */
function noteArrival([label, wanted]: readonly [string, number]): Promise<number> {
  const shown = window.countShown ?? (() => -1)
  performance.clearResourceTimings()
  return new Promise((done) => {
    const look = (): void => {
      if (shown(label) < wanted) return
      drawn.disconnect()
      const pulls = performance
        .getEntriesByType('resource')
        .filter((entry) => entry instanceof PerformanceResourceTiming && entry.name.includes('/api/v1/pull'))
      const ended = Math.max(...pulls.map((entry) => entry.startTime + entry.duration))
      // Told right after the frame was painted, before anything that the app does then.
      const told = (): void => done(performance.now() - ended)
      requestAnimationFrame(() => void scheduler.postTask(told, { priority: 'user-blocking' }))
    }
    const drawn = new MutationObserver(look)
    drawn.observe(document, { childList: true, subtree: true, characterData: true })
    look()
  })
}
