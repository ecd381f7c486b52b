import * as playwright from 'playwright-core'
import { playwrightEngine, type Engine } from '../../scripts/lib/tools.ts'
import { ChromiumHand } from './hand.ts'

/** Playwright's own build of an engine, where it is installed and the machine has no other; else null. */
export async function openOwn(engine: Engine): Promise<{ hand: ChromiumHand; end(): Promise<void> } | null> {
  const executablePath = playwrightEngine(engine)
  if (executablePath === null) return null
  const browser = await playwright[engine].launch({ executablePath })
  const context = await browser.newContext({ locale: 'en-US' })
  return { hand: new ChromiumHand(await context.newPage()), end: () => browser.close() }
}
