import { slowDown } from './slowDown.ts'
import { words } from '../../tests/support/words.ts'
import { median } from '../lib/stats.ts'
import { calm } from './calm.ts'
import { atGate, type GateScene } from './gateScene.ts'

const times = 5
const slower = 4
/** Before the ms, where the page says that it is ready. */
const sign = 'the gate is ready after '

/**
 * The browser is started anew with no server there and, when it has done with itself, opens the gate; ms from the beginning
 * of the navigation until the pad is shown and the page has nothing left to do before an answer to a press. Median of a
 * few starts.
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
  await calm(phone.profile)
  await slowDown(page, slower)
  await page.addInitScript(noteReady, { word: words('gate.ask.home'), sign })
  // It tells by itself: to be asked would be work for the page.
  const told = page.waitForEvent('console', {
    predicate: (said) => said.text().startsWith(sign),
    timeout: 30_000,
  })
  await page.goto(`${scene.origin}/gate`)
  return Number((await told).text().slice(sign.length))
}

/** In the page: says when the word stood there, was painted, and the tasks before it were done. */
function noteReady({ word, sign }: { word: string; sign: string }): void {
  const watch = new MutationObserver(() => {
    const shown = [...document.querySelectorAll('button, label')].some((e) => e.textContent.includes(word))
    if (!shown) return
    watch.disconnect()
    requestAnimationFrame(() => setTimeout(() => console.debug(`${sign}${performance.now()}`)))
  })
  watch.observe(document, { childList: true, subtree: true })
}
