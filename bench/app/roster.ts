import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import type { Draft } from '../../src/domain/entry.ts'
import { logbookId } from '../../src/domain/logbooks.ts'
import { dayStart, hourMs } from '../../src/domain/rules/boardDays.ts'
import { ChromiumHand, shows } from '../../tests/support/hand.ts'
import { Scene } from '../../tests/support/scene.ts'
import { join } from '../../tests/support/story.ts'
import { words } from '../../tests/support/words.ts'
import { median } from '../lib/stats.ts'
import { boardPosts, boardZone } from './boardDay.ts'

const [days, turnsADay, heads] = [7, 3, 2]
const given = boardPosts * days * turnsADay * heads
const opens = 5
const pageOf = 100

/**
 * The duty roster of a week at 300 posts, three turns a day with two places each, all given; a processor as it is.
 * `open_ms`: from the tap on *Roster* until the figures and the week stand there; `first_ms`: the same right after the app
 * was started; `cold_ms`: from the navigation.
 */
export async function roster(): Promise<Record<string, number>> {
  const scene = new Scene()
  try {
    await scene.begin()
    const { coordinator } = scene.place
    const drafts = week(coordinator.community, Date.now())
    for (let i = 0; i < drafts.length; i += pageOf) await coordinator.save(drafts.slice(i, i + pageOf))
    const phone = scene.newPhone({ width: 1280, height: 800 })
    const page = await phone.switchOn()
    const hand = new ChromiumHand(page)
    const link = await coordinator.invite('coordinator', coordinator.community, 'Sample office', scene.origin)
    await join(hand, link, 'Sample office')
    await hand.press(words('enrol.begin'))
    await shows(hand, words('sync.pill.sent'), 120_000)
    await page.addInitScript({ content: `window.rosterShows = ${rosterShows.toString()}` })
    await page.goto(`${scene.origin}/desk/roster`)
    await stands(page)
    await page.goto(`${scene.origin}/desk/roster`)
    const cold = await stands(page)
    await page.goto(`${scene.origin}/desk/places`)
    const first = await openOnce(page)
    const took: number[] = []
    for (let i = 0; i < opens; i++) {
      await page.goBack()
      await page.waitForURL(/desk\/places/)
      took.push(await openOnce(page))
    }
    return { open_ms: median(took), first_ms: first, cold_ms: cold }
  } finally {
    await scene.end()
  }
}

function week(community: string, now: number): Draft[] {
  const logbook = logbookId('duty', community)
  const posts = Array.from({ length: boardPosts }, () => randomUUID())
  const today = dayStart(now, boardZone)
  // The week of today begins with its Monday, in local time.
  const weekday = (new Date(today + 12 * hourMs).getUTCDay() + 6) % days
  const monday = today - weekday * 24 * hourMs
  const docs = posts.map((record, n): Draft => ({
    ...{ kind: 'post', logbook, record },
    body: { type: 'supplies', name: `Sample post ${n}`, place: community },
  }))
  const facts = posts.flatMap((post) =>
    Array.from({ length: days * turnsADay }, (_, n): Draft[] => {
      const [id, starts] = [randomUUID(), monday + n * (24 / turnsADay) * hourMs]
      const body = { post, starts, ends: starts + (24 / turnsADay) * hourMs, heads }
      const seats = Array.from({ length: heads }, (_seat, h): Draft => ({
        ...{ kind: 'assignment', logbook, at: now },
        body: { shift: id, member: randomUUID(), name: `Sample ${n} ${h}`, act: 'assign' },
      }))
      return [{ kind: 'shift', id, logbook, at: now, body }, ...seats]
    }).flat(),
  )
  return [...docs, ...facts]
}

declare global {
  interface Window {
    rosterShows?: (label: string, wanted: number) => Promise<number>
  }
}

/** In the page: when the figure below the label was complete, the week was drawn and both were painted, ms. */
function rosterShows(label: string, wanted: number): Promise<number> {
  const complete = (): boolean => {
    const box = [...document.querySelectorAll('.figure')].find((one) => one.textContent.includes(label))
    const figure = Number(box?.textContent.slice(label.length).replaceAll(/\D/g, '') ?? -1)
    return figure === wanted && document.querySelector('td .chip') !== null
  }
  return new Promise((done) => {
    const look = (): void => {
      if (!complete()) return
      drawn.disconnect()
      const told = (): void => done(performance.now())
      requestAnimationFrame(() => void scheduler.postTask(told, { priority: 'user-blocking' }))
    }
    const drawn = new MutationObserver(look)
    drawn.observe(document, { childList: true, subtree: true, characterData: true })
    look()
  })
}

const stands = (page: Page): Promise<number> =>
  page.evaluate(
    ([label, wanted]) => window.rosterShows?.(label, wanted) ?? Promise.reject(new Error('nothing to ask')),
    [words('plan.given'), given] as const,
  )

const openOnce = (page: Page): Promise<number> =>
  page.evaluate(
    async ([label, wanted]) => {
      const began = performance.now()
      document.querySelector<HTMLElement>('a[href="/desk/roster"]')?.click()
      return ((await window.rosterShows?.(label, wanted)) ?? Infinity) - began
    },
    [words('plan.given'), given] as const,
  )
