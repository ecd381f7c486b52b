import { shows } from '../../tests/support/hand.ts'
import { slowDown } from './slowDown.ts'
import { words } from '../../tests/support/words.ts'
import { quantile } from '../lib/stats.ts'
import { atGate } from './gateScene.ts'

const taps = 60
const slower = 6

/** From the press of *Admit* until the screen says that it is saved, with `rows` passages on the phone; ms. */
export async function tap(rows: number): Promise<Record<string, number>> {
  return atGate(rows, async ({ hand }) => {
    const { page } = hand
    const [act, saved] = [words('gate.act.admit'), words('gate.verdict.saved')]
    await page.evaluate(noteTaps, { act, saved })
    await slowDown(page, slower)
    for (let i = 0; i < taps; i++) {
      await hand.press('3')
      await hand.press(i % 2 ? '3-2-501' : '3-2-502')
      await hand.press(act)
      await shows(hand, saved)
      await hand.press(act)
    }
    const took = await page.evaluate(() => window.taps ?? [])
    if (took.length !== taps) throw new Error(`${took.length} of ${taps} taps were seen`)
    return { p50_ms: quantile(took, 0.5), p95_ms: quantile(took, 0.95) }
  })
}

declare global {
  interface Window {
    taps?: number[]
  }
}

/** In the page: the time between a press of the one and the appearance of the other, again and again. */
function noteTaps({ act, saved }: { act: string; saved: string }): void {
  const took: number[] = []
  window.taps = took
  let pressedAt: number | null = null
  const press = (event: Event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    const shown = document.body.textContent.includes(saved)
    if (button?.textContent.includes(act) && !shown) pressedAt = event.timeStamp
  }
  addEventListener('click', press, { capture: true })
  new MutationObserver(() => {
    if (pressedAt === null || !document.body.textContent.includes(saved)) return
    took.push(performance.now() - pressedAt)
    pressedAt = null
  }).observe(document.body, { childList: true, subtree: true, characterData: true })
}
