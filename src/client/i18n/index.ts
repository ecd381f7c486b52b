import { inject, ref, shallowRef, type App, type InjectionKey, type Ref } from 'vue'
import { createTranslator } from './translator.ts'
import type { Catalogue } from './collect.ts'
import { formatAgo, formatDate, formatDuration, formatNumber, type DateStyle } from './format.ts'
import type { Namespace, Params, TextKey } from './keys.ts'
import { isLocale, localeNames, locales, pickLocale, type Locale } from './locales.ts'
import { loadWords } from './words.ts'

export { isLocale, localeNames, locales, pickLocale }
export type { DateStyle, Locale, Params, TextKey }

export interface Text {
  t(key: TextKey, params?: Params): string
  /** With a count: `{n}` and the plural form that fits. */
  tn(key: TextKey, n: number, params?: Params): string
  /** For codes that come from outside: `namespace.code`, else `namespace.other` (with the code as `{code}`). */
  code(namespace: Namespace, code: string, params?: Params): string
  /** `digits` after the point, always as many; absent: a count. */
  number(n: number, digits?: number): string
  /** Milliseconds since 1970, in the community's zone. */
  date(ms: number, style: DateStyle): string
  /** How long ago; `now` only where it should move with a clock of the caller's. */
  ago(ms: number, now?: number): string
  duration(minutes: number): string
  /** Sentences one after the other; Chinese has no space between them. Empty ones are left out. */
  sentences(...parts: readonly string[]): string
  /** One after the other with the language's own comma. */
  list(parts: readonly string[]): string
  locale: Readonly<Ref<Locale>>
  setLocale(locale: Locale): Promise<void>
  /** IANA zone of the community; everything local is told in it. */
  zone: Ref<string | undefined>
}

export interface TextPlugin extends Text {
  install(app: App): void
}

export const textKey: InjectionKey<Text> = Symbol('text')

function makeText(first: Locale, catalogue: Catalogue): TextPlugin {
  const translator = createTranslator(first, catalogue)
  const locale = ref<Locale>(first)
  const zone = shallowRef<string | undefined>()
  const numbers = (n: number, digits = 0): string => formatNumber(locale.value, n, digits)
  const text: Text = {
    t: (key, params = {}) => translator.translate(key, params),
    tn: (key, n, params = {}) => translator.plural(key, n, { n: numbers(n), ...params }),
    code: (namespace, code, params = {}) =>
      translator.has(`${namespace}.${code}`)
        ? translator.translate(`${namespace}.${code}`, params)
        : translator.translate(`${namespace}.other`, { code, ...params }),
    number: numbers,
    date: (ms, style) => formatDate(locale.value, zone.value, ms, style),
    ago: (ms, now = Date.now()) => formatAgo(locale.value, ms, now),
    duration: (minutes) => formatDuration(locale.value, minutes),
    sentences: (...parts) => parts.filter(Boolean).join(locale.value === 'en' ? ' ' : ''),
    // Intl's lists stand without any sign between them in Chinese.
    list: (parts) => parts.join(locale.value === 'en' ? ', ' : '、'),
    locale,
    zone,
    async setLocale(next) {
      translator.use(next, await loadWords(next))
      locale.value = next
    },
  }
  return { ...text, install: (app) => void app.provide(textKey, text) }
}

/** Loads one language and makes the plugin that `useText` reads. */
export async function createText(locale: Locale): Promise<TextPlugin> {
  return makeText(locale, await loadWords(locale))
}

/** The words of the app, in the person's language. */
export function useText(): Text {
  const text = inject(textKey)
  if (!text) throw new Error('createText() was not installed')
  return text
}
