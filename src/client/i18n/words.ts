import type { Catalogue } from './collect.ts'
import type { Locale } from './locales.ts'

const loaders: Record<Locale, () => Promise<{ default: Catalogue }>> = {
  'zh-Hans': () => import('./load.zh-Hans.ts'),
  'zh-Hant': () => import('./load.zh-Hant.ts'),
  en: () => import('./load.en.ts'),
}

/** All texts of a language. */
export const loadWords = async (locale: Locale): Promise<Catalogue> => (await loaders[locale]()).default
