import { inject, ref, watch, type InjectionKey, type Ref } from 'vue'

export const themes = ['auto', 'light', 'dark', 'sun'] as const
export type Theme = (typeof themes)[number]

export interface ThemeControl {
  theme: Ref<Theme>
}

export const themeKey: InjectionKey<ThemeControl> = Symbol('theme')

/** Where the choice is kept: read before the first paint, so not in the database. */
export interface Keep {
  read(): string | null
  write(text: string): void
}

const stored = (keep: Keep): Theme => themes.find((theme) => theme === keep.read()) ?? 'auto'

/** Puts the theme on the document and keeps it there: `auto` follows the system as it changes. */
export function createTheme(root: HTMLElement, keep: Keep, dark: MediaQueryList): ThemeControl {
  const theme = ref<Theme>(stored(keep))
  const show = (): void => {
    root.dataset['theme'] = theme.value === 'auto' ? (dark.matches ? 'dark' : 'light') : theme.value
    const paper = getComputedStyle(root).getPropertyValue('--paper').trim()
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', paper)
  }
  watch(
    theme,
    (now) => {
      keep.write(now)
      show()
    },
    { flush: 'sync' },
  )
  dark.addEventListener('change', show)
  show()
  return { theme }
}

/** The theme of this device; a plain ref where none was provided. */
export const useTheme = (): ThemeControl => inject(themeKey, () => ({ theme: ref<Theme>('auto') }), true)
