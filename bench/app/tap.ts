import type { Page } from 'playwright-core'
import { shows } from '../../tests/support/hand.ts'
import { slowDown } from './slowDown.ts'
import { words } from '../../tests/support/words.ts'
import { quantile } from '../lib/stats.ts'
import { atGate } from './gateScene.ts'

const taps = 60
const slower = 6
const bareSaves = 60

/**
 * From the press of *Admit* until the screen says that it is saved, with `rows` passages on the phone; ms. `disk`:
 * until the transaction is on the disk. `bare`: what such a transaction takes on the same page when nobody presses
 * anything and nothing is drawn.
 */
export async function tap(rows: number): Promise<Record<string, number>> {
  return atGate(rows, async ({ hand }) => {
    const { page } = hand
    const [act, saved] = [words('gate.act.admit'), words('gate.verdict.saved')]
    await page.evaluate(noteTaps, { act, saved })
    await slowDown(page, slower)
    const bare = await page.evaluate(saveBare, bareSaves)
    for (let i = 0; i < taps; i++) {
      await hand.press('3')
      await hand.press(i % 2 ? '3-2-501' : '3-2-502')
      await pressBare(page, act)
      await shows(hand, saved)
      await hand.press(act)
    }
    const { shown, disk } = (await page.evaluate(() => window.taps)) ?? { shown: [], disk: [] }
    if (shown.length !== taps) throw new Error(`${shown.length} of ${taps} taps were seen`)
    return {
      p50_ms: quantile(shown, 0.5),
      p95_ms: quantile(shown, 0.95),
      disk_p50_ms: quantile(disk, 0.5),
      disk_p95_ms: quantile(disk, 0.95),
      bare_p50_ms: quantile(bare, 0.5),
      bare_p95_ms: quantile(bare, 0.95),
    }
  })
}

/**
 * Presses a button as a finger does. The hand of the tests has the browser look, within the press, at what lies under it,
 * and lay the page out for that, which is no work of the app's.
 */
async function pressBare(page: Page, act: string): Promise<void> {
  await page.getByRole('button', { name: act }).click({ trial: true })
  const box = await page.getByRole('button', { name: act }).boundingBox()
  if (!box) throw new Error(`${act} is not there`)
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
}

interface Taps {
  shown: number[]
  disk: number[]
}

declare global {
  interface Window {
    taps?: Taps
  }
}

/** In the page: the time between a press of the one and the appearance of the other, again and again. */
function noteTaps({ act, saved }: { act: string; saved: string }): void {
  const taps: Taps = { shown: [], disk: [] }
  window.taps = taps
  let pressedAt: number | null = null
  const says = () =>
    [...document.querySelectorAll('[role=alert]')].some((alert) => alert.textContent.includes(saved))
  const press = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button?.textContent.includes(act) && !says()) pressedAt = event.timeStamp
  }
  addEventListener('click', press, { capture: true })
  new MutationObserver(() => {
    if (pressedAt === null || !says()) return
    taps.shown.push(performance.now() - pressedAt)
    pressedAt = null
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
  const plain = IDBDatabase.prototype.transaction
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const tx = plain.call(this, stores, mode, options)
    const from = mode === 'readwrite' && String(stores) === 'own,vault' ? pressedAt : null
    if (from !== null) tx.addEventListener('complete', () => taps.disk.push(performance.now() - from))
    return tx
  }
}

/** In the page: a row of an entry's size into a table like that of own entries, now and then; ms each. */
async function saveBare(times: number): Promise<number[]> {
  const opening = indexedDB.open('bare', 1)
  opening.addEventListener('upgradeneeded', () =>
    opening.result.createObjectStore('own', { keyPath: 'n', autoIncrement: true }).createIndex('at', 'at'),
  )
  await new Promise((resolve) => opening.addEventListener('success', resolve))
  const took: number[] = []
  for (let i = 0; i < times; i++) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const begun = performance.now()
    const tx = opening.result.transaction('own', 'readwrite', { durability: 'strict' })
    tx.objectStore('own').add({ at: begun, line: 'x'.repeat(400) })
    tx.commit()
    await new Promise((resolve) => tx.addEventListener('complete', resolve))
    took.push(performance.now() - begun)
  }
  opening.result.close()
  indexedDB.deleteDatabase('bare')
  return took
}
