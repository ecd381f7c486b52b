import type { Page } from 'playwright-core'
import type { Draft } from '../../src/domain/entry.ts'
import type { Store } from '../../src/client/store/index.ts'

/** What Vue leaves at the element that an app is mounted on. */
type Mounted = Element & { __vue_app__?: { _context: { provides: Record<symbol, unknown> } } }

/**
 * The store of the app that runs in this page, the very one that its screens were given. Runs in the page, as text:
 * it may name nothing outside itself.
 */
function storeHere(): Store {
  const mounted: Mounted | null = document.querySelector('#app')
  const provides = mounted?.__vue_app__?._context.provides ?? {}
  const key = Object.getOwnPropertySymbols(provides).find(({ description }) => description === 'store')
  if (!key) throw new Error('No store in this page')
  return provides[key] as Store
}

const source = storeHere.toString()

/** Saves each draft by itself, one after the other, as taps at the gate do. */
export const saveInPage = (page: Page, drafts: readonly Draft[]): Promise<void> =>
  page.evaluate(`(async () => {
    const store = (${source})()
    for (const draft of ${JSON.stringify(drafts)}) await store.save([draft])
  })()`)

/** How many facts of a kind in a logbook this phone's screens are given, own and pulled. */
export const factsInPage = (page: Page, logbook: string, kind: string): Promise<number> =>
  page.evaluate(`new Promise((resolve) => {
    const store = (${source})()
    const end = store.followFacts(${JSON.stringify(logbook)}, 0, (facts) => {
      resolve(facts.filter((fact) => fact.kind === ${JSON.stringify(kind)}).length)
      setTimeout(() => end())
    })
  })`)
