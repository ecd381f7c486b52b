import axe, { type RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Found {
  id: string
  selector: string
  /** What is wrong there, with the figures. */
  why: string
}

/** What of these rules is broken on the page, or within an element of it. Axe is brought into a page once. */
async function brokenOn(page: Page, options: RunOptions, within?: string): Promise<Found[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source)
  return page.evaluate(
    async ([asked, selector]) => {
      const here: typeof axe = Reflect.get(globalThis, 'axe')
      const { violations } = await here.run(selector ?? document, { ...asked, resultTypes: ['violations'] })
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, failureSummary = '' }) => ({
          id,
          selector: target.join(' '),
          why: failureSummary,
        })),
      )
    },
    [options, within] as const,
  )
}

/** A target that the fixed bar happens to cover is judged where a person would have scrolled it to. */
async function isSmallInTheMiddle(page: Page, selector: string): Promise<boolean> {
  await page.locator(selector).evaluate((element) => element.scrollIntoView({ block: 'center' }))
  return (await brokenOn(page, { runOnly: ['target-size'] }, selector)).length > 0
}

/**
 * What axe finds on the screen as it stands: `rule: element: what is wrong` of each. WCAG 2.2 AA and best practices;
 * `colours`: only what another theme can change.
 */
export async function complaintsOf(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  const runOnly = rules === 'all' ? tags : ['color-contrast', 'link-in-text-block']
  const stands: string[] = []
  for (const { id, selector, why } of await brokenOn(page, { runOnly }))
    if (id !== 'target-size' || (await isSmallInTheMiddle(page, selector)))
      stands.push(`${id}: ${selector}: ${why}`)
  return stands
}

/** Does anything stick out sideways? Width in CSS px that is too much. */
export const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Text at this share of its usual size, by the browser's own setting: what is measured in `rem` goes along, widths of windows too. */
export async function setTextSize(page: Page, percent: number): Promise<void> {
  const browser = await page.context().newCDPSession(page)
  await browser.send('Page.setFontSizes', { fontSizes: { standard: (16 * percent) / 100 } })
  await browser.detach()
}
