import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * Only what is wrong is wanted. All is one frame of one origin, so axe stays in it: by itself it opens a page for each look, to
 * put frames together.
 */
const axeOn = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })

/** A target that the fixed bar happens to cover is judged where a person would have scrolled it to. */
async function isSmallInTheMiddle(page: Page, selector: string): Promise<boolean> {
  await page.locator(selector).evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const { violations } = await axeOn(page).include(selector).withRules(['target-size']).analyze()
  return violations.length > 0
}

/**
 * What axe finds on the screen as it stands: `rule: element` of each. WCAG 2.2 AA and best practices; `colours`: only
 * what another theme can change.
 */
export async function complaintsOf(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  const axe = axeOn(page)
  const asked = rules === 'all' ? axe.withTags(tags) : axe.withRules(['color-contrast', 'link-in-text-block'])
  const { violations } = await asked.analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => ({ id, selector: node.target.join(' ') })),
  )
  const stands: string[] = []
  for (const { id, selector } of found)
    if (id !== 'target-size' || (await isSmallInTheMiddle(page, selector))) stands.push(`${id}: ${selector}`)
  return stands
}

/** Does anything stick out sideways? Width in CSS px that is too much. */
export const sidewaysPx = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Text at this share of its usual size, as the person's browser setting does it. */
export const setTextSize = (page: Page, percent: number): Promise<void> =>
  page.evaluate((size) => {
    document.documentElement.style.fontSize = `${size}%`
  }, percent)
