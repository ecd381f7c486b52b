import { launch, type Browser, type Page } from 'puppeteer-core'
import { toolPath } from '../../scripts/lib/tools.ts'

/** Firefox by WebDriver BiDi. */
export async function openFirefox(): Promise<{ browser: Browser; page: Page }> {
  const browser = await launch({
    browser: 'firefox',
    executablePath: toolPath('firefox') ?? 'firefox',
    headless: true,
    extraPrefsFirefox: { 'intl.accept_languages': 'en-US', 'intl.locale.requested': 'en-US' },
  })
  return { browser, page: await browser.newPage() }
}
