/** The languages of the app, complete in every catalogue. BCP 47 tags, so that Intl takes them as they are. */
export const locales = ['zh-Hans', 'zh-Hant', 'en'] as const
export type Locale = (typeof locales)[number]

/** Each language in its own words. */
export const localeNames: Record<Locale, string> = {
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  en: 'English',
}

const traditional = /^zh(-[a-z]+)?-(hant|tw|hk|mo)\b/i

/** The nearest language for one tag of a browser, or null. `zh-TW`, `zh-HK` and `zh-MO` are written in Hant. */
function nearest(tag: string): Locale | null {
  if (/^zh-hans\b/i.test(tag)) return 'zh-Hans'
  if (traditional.test(tag)) return 'zh-Hant'
  if (/^zh\b/i.test(tag)) return 'zh-Hans'
  return /^en\b/i.test(tag) ? 'en' : null
}

/** The first of the person's languages that the app has; simplified Chinese where there is none. */
export const pickLocale = (wanted: readonly string[]): Locale =>
  wanted.map(nearest).find((locale) => locale !== null) ?? 'zh-Hans'

export const isLocale = (text: unknown): text is Locale => locales.some((locale) => locale === text)
