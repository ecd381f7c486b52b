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

type Texts = Readonly<Record<string, string>>

const flatten = (catalogue: Catalogue): Texts =>
  Object.fromEntries(
    Object.entries(catalogue).flatMap(([namespace, texts]) =>
      Object.entries(texts).map(([key, text]) => [`${namespace}.${key}`, text]),
    ),
  )

/** The message compiler interprets, it does not eval; keys are looked up whole, dots and all. */
function makeContext(locale: string, texts: Texts) {
  return createCoreContext({
    locale,
    messages: { [locale]: {} },
    messageCompiler: compile,
    messageResolver: (_texts, key) => texts[key] ?? null,
    missingWarn: false,
    fallbackWarn: false,
  })
}

export function createTranslator(locale: Locale, catalogue: Catalogue): Translator {
  const make = (to: Locale, texts: Texts) => ({ texts, context: makeContext(to, texts) })
  const now = shallowRef(make(locale, flatten(catalogue)))
  return {
    translate: (key, params) => String(translate(now.value.context, key, { ...params })),
    plural: (key, n, params) => String(translate(now.value.context, key, { ...params }, n)),
    has: (key) => key in now.value.texts,
    use: (next, texts) => void (now.value = make(next, flatten(texts))),
  }
}
