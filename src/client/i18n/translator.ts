import { compile, createCoreContext, translate } from '@intlify/core-base'
import { shallowRef } from 'vue'
import type { Catalogue } from './collect.ts'
import type { Params } from './keys.ts'
import type { Locale } from './locales.ts'

/** The one place that knows the library. Reactive: what reads a text is drawn again when the language changes. */
export interface Translator {
  translate(key: string, params: Params): string
  plural(key: string, n: number, params: Params): string
  has(key: string): boolean
  use(locale: Locale, catalogue: Catalogue): void
}

/** `namespace.key`, where the key may have dots of its own. */
function find(catalogue: Catalogue, key: string): string | undefined {
  const dot = key.indexOf('.')
  const texts = catalogue[key.slice(0, dot)]
  const rest = key.slice(dot + 1)
  return texts && Object.hasOwn(texts, rest) ? texts[rest] : undefined
}

/** Nothing to fill in, no plural, no link: most texts are what they say, and need no compiler. */
const isPlain = (text: string): boolean => !/[{}@|%\\]/.test(text)

/** The message compiler interprets, it does not eval; keys are looked up whole, dots and all. */
function makeContext(locale: string, catalogue: Catalogue) {
  return createCoreContext({
    locale,
    messages: { [locale]: {} },
    messageCompiler: compile,
    messageResolver: (_texts, key) => find(catalogue, key) ?? null,
    missingWarn: false,
    fallbackWarn: false,
  })
}

export function createTranslator(locale: Locale, catalogue: Catalogue): Translator {
  const make = (to: Locale, texts: Catalogue) => ({ texts, context: makeContext(to, texts) })
  const now = shallowRef(make(locale, catalogue))
  function said(key: string, compiled: () => string): string {
    const text = find(now.value.texts, key)
    return text !== undefined && isPlain(text) ? text : compiled()
  }
  return {
    translate: (key, params) => said(key, () => String(translate(now.value.context, key, { ...params }))),
    plural: (key, n, params) => said(key, () => String(translate(now.value.context, key, { ...params }, n))),
    has: (key) => find(now.value.texts, key) !== undefined,
    use: (next, texts) => void (now.value = make(next, texts)),
  }
}
