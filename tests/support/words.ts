import { readFileSync } from 'node:fs'
import { inRoot } from '../../scripts/lib/paths.mjs'

export type Language = 'en' | 'zh-Hans' | 'zh-Hant'

/** A text of the product's catalogues, so that tests say what is pressed and not how it is worded today. */
export function words(
  key: string,
  gaps: Record<string, string | number> = {},
  language: Language = 'en',
): string {
  const [space = '', ...rest] = key.split('.')
  const catalogue: Record<string, string> = JSON.parse(
    readFileSync(inRoot('src/client/i18n', language, `${space}.json`), 'utf8'),
  )
  const text = catalogue[rest.join('.')]
  if (text === undefined) throw new Error(`No text: ${key}`)
  return text.replace(/\{(\w+)\}/g, (gap, name: string) => String(gaps[name] ?? gap))
}
