import type { Page } from 'playwright-core'
import { until } from './waiting.ts'

/** In the page: can the phone's database be written to, or does somebody keep it? */
const isFree = (): Promise<boolean> =>
  new Promise((done) => {
    const asked = indexedDB.open('gatepost')
    asked.addEventListener('success', () => {
      const db = asked.result
      const end = (free: boolean): void => {
        db.close()
        done(free)
      }
      db.transaction([...db.objectStoreNames], 'readwrite').addEventListener('complete', () => end(true))
      setTimeout(() => end(false), 1000)
    })
  })

/**
 * A tab that does nothing more, as iOS freezes those that nobody looks at; it keeps its lock, and has no transaction
 * open, which is what a browser ends by itself. `other`: a tab that goes on. Gives what lets it go on.
 */
export async function freezeTab(tab: Page, other: Page): Promise<() => Promise<void>> {
  const session = await tab.context().newCDPSession(tab)
  const goOn = async (): Promise<void> => void (await session.send('Debugger.disable'))
  await until('it stands still between two transactions', async () => {
    await session.send('Debugger.enable')
    await session.send('Debugger.pause')
    if (await other.evaluate(isFree)) return true
    await goOn()
    return false
  })
  return goOn
}
