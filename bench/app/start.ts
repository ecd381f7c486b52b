import { slowDown } from './slowDown.ts'
import { until } from '../../tests/support/waiting.ts'
import { words } from '../../tests/support/words.ts'
import { median } from '../lib/stats.ts'
import { atGate, type GateScene } from './gateScene.ts'

const times = 5
const slower = 4

/**
 * The browser is started anew with no server there, and opens the gate; ms from the beginning of the navigation until
 * the pad is shown and the page has nothing left to do before an answer to a press. Median of a few starts.
 */
export async function start(rows: number): Promise<Record<string, number>> {
  return atGate(rows, async (at) => {
    await at.scene.server.stop()
    at.scene.network.change('down')
    const took: number[] = []
    for (let i = 0; i < times; i++) took.push(await once(at))
    return { ms: median(took), slowest_ms: Math.max(...took) }
  })
}

async function once({ scene, phone }: GateScene): Promise<number> {
  await phone.switchOff()
  const page = await phone.switchOn()
  await slowDown(page, slower)
  await page.addInitScript(noteReady, words('gate.ask.home'))
  await page.goto(`${scene.origin}/gate`)
  return until('the gate is ready', () => page.evaluate(() => window.readyAt ?? null), 30_000)
}

declare global {
  interface Window {
    readyAt?: number
  }
}

/** In the page: remembers when the word stood there, was painted, and the tasks before it were done. */
function noteReady(word: string): void {
  const watch = new MutationObserver(() => {
    const shown = [...document.querySelectorAll('button, label')].some((e) => e.textContent.includes(word))
    if (!shown) return
    watch.disconnect()
    requestAnimationFrame(() => setTimeout(() => (window.readyAt = performance.now())))
  })
  watch.observe(document, { childList: true, subtree: true })
}
