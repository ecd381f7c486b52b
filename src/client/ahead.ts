/**
 * Run before the app's own files: what the first screen needs is on its way while they are. Whoever needs what did not come
 * is told then.
 */
import { isLocale, pickLocale, type Locale } from './i18n/locales.ts'
import { loadWords } from './i18n/words.ts'
import { localMirror } from './platform/storage.ts'

export const keptLocale = localMirror('gatepost-locale')

export function wantedLocale(): Locale {
  const kept = keptLocale.read()
  return isLocale(kept) ? kept : pickLocale(navigator.languages)
}

const screens: Readonly<Record<string, () => Promise<unknown>>> = {
  '/gate': () => import('./features/gate/GatePage.vue'),
  '/join': () => import('./features/enrol/JoinPage.vue'),
}

const unheard = (): void => undefined
screens[location.pathname]?.().catch(unheard)
loadWords(wantedLocale()).catch(unheard)
