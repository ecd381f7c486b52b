import { writeFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { until } from './waiting.ts'

const [width, height] = [640, 480]
/** A pretended camera shows thirty pictures a second of such a film; each stands as long as on a screen. */
const repeats = 5

/** Pictures of the part of a screen where codes change, until there are so many different ones. The viewport is 640 wide. */
async function pictures(page: Page, selector: string, count: number): Promise<Buffer[]> {
  const box = await page.locator(selector).boundingBox()
  const middle = (box?.y ?? 0) + (box?.height ?? 0) / 2
  const most = (page.viewportSize()?.height ?? height) - height
  const clip = { x: 0, y: Math.max(0, Math.min(most, middle - height / 2)), width, height }
  const seen = new Map<string, Buffer>()
  await until('the codes on the screen have changed often enough', async () => {
    const picture = await page.screenshot({ type: 'jpeg', quality: 90, clip })
    seen.set(picture.toString('base64'), picture)
    return seen.size >= count
  })
  return [...seen.values()]
}

/** What one phone's screen shows becomes what another phone's camera sees: a film (MJPEG) of its moving code. */
export async function filmScreen(page: Page, selector: string, count: number, file: string): Promise<void> {
  const shown = await pictures(page, selector, count)
  writeFileSync(
    file,
    Buffer.concat(shown.flatMap((picture) => Array.from({ length: repeats }, () => picture))),
  )
}
