import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue'

/** Chrome's offer to put the app on the Home Screen; no library types it. */
interface OfferEvent extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>
}

const isOffer = (event: Event): event is OfferEvent => 'prompt' in event

/** True when this window is the app from the Home Screen. */
export const isStandalone = (): boolean =>
  matchMedia('(display-mode: standalone), (display-mode: fullscreen), (display-mode: minimal-ui)').matches ||
  ('standalone' in navigator && navigator.standalone === true)

export interface InstallOffer {
  /** Shows the browser's own question; null while the browser does not offer it. */
  install: ShallowRef<(() => Promise<void>) | null>
  installed: ShallowRef<boolean>
}

export const installOfferKey: InjectionKey<InstallOffer> = Symbol('install offer')

export const useInstallOffer = (): InstallOffer =>
  inject(installOfferKey, () => ({ install: shallowRef(null), installed: shallowRef(false) }), true)

/** Listens from the start: the browser makes its offer once, before the screen that needs it. */
export function catchInstallOffer(): InstallOffer {
  const install: InstallOffer['install'] = shallowRef(null)
  const installed = shallowRef(isStandalone())
  addEventListener('beforeinstallprompt', (event) => {
    if (!isOffer(event)) return
    event.preventDefault()
    install.value = async () => {
      const { outcome } = await event.prompt()
      install.value = null
      installed.value ||= outcome === 'accepted'
    }
  })
  addEventListener('appinstalled', () => (installed.value = true))
  return { install, installed }
}
