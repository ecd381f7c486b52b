import { inject, ref, type InjectionKey, type Ref } from 'vue'
import { whenCalm } from './breath.ts'

/** What the app knows of its own versions. */
export interface Updates {
  /** Of the app that runs now. */
  version: string
  /** A newer version is here and waits for the person's word. */
  waiting: Readonly<Ref<boolean>>
  /** Looks for a newer version now; null where it could not look. */
  look(): Promise<boolean | null>
  /** Lets the newer version take over and loads it. Only ever called by a tap. */
  restart(): Promise<void>
  /** True when the shell is on the disk and opens without a network; null where the browser can't. */
  shellReady(): Promise<boolean | null>
}

export const updatesKey: InjectionKey<Updates> = Symbol('updates')

const none: Updates = {
  version: '',
  waiting: ref(false),
  look: () => Promise.resolve(null),
  restart: () => Promise.resolve(location.reload()),
  shellReady: () => Promise.resolve(null),
}

export const useUpdates = (): Updates => inject(updatesKey, none)

/** Looks again this often while the app stays open: an installed app may not be closed for weeks. */
const lookEveryMs = 60 * 60_000
/** Becoming visible looks too, but not at every glance. */
const lookAgainMs = 5 * 60_000

function lookNowAndThen(registration: ServiceWorkerRegistration): void {
  let lookedAt = performance.now()
  const look = (): void => {
    if (document.visibilityState !== 'visible' || !navigator.onLine) return
    lookedAt = performance.now()
    registration.update().catch(() => undefined)
  }
  setInterval(look, lookEveryMs)
  document.addEventListener('visibilitychange', () => {
    if (performance.now() - lookedAt > lookAgainMs) look()
  })
}

async function shellReady(): Promise<boolean | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return registration ? registration.active !== null : false
}

type Registered = { registration: ServiceWorkerRegistration; takeOver(): void } | null

/** Registers, and tells of a version that waits. */
async function register(onWaiting: () => void): Promise<Registered> {
  const { Workbox } = await import('workbox-window')
  const worker = new Workbox('/serviceWorker.js', { scope: '/', updateViaCache: 'none' })
  worker.addEventListener('waiting', onWaiting)
  const registration = await worker.register({ immediate: true })
  return registration ? { registration, takeOver: () => worker.messageSkipWaiting() } : null
}

/** Tells when another version took over. The very first one, which claims a page without any, is none. */
function onTakeOver(hear: () => void): void {
  let controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) hear()
    controlled = true
  })
}

/**
 * Registers the service worker and follows it. A new version waits; it takes over by `restart`, or when the app was
 * closed everywhere. Another tab's restart only announces itself here: this tab's files stay reachable, and nothing
 * reloads by itself, so nothing can loop.
 */
export function followUpdates(version: string): Updates {
  if (!('serviceWorker' in navigator)) return { ...none, version }
  const waiting = ref(false)
  let asked = false
  const announce = (): void => void (waiting.value = true)
  onTakeOver(() => (asked ? location.reload() : announce()))
  const registered = new Promise<void>(whenCalm).then(() => register(announce)).catch(() => null)
  void registered.then((known) => known && lookNowAndThen(known.registration))
  addEventListener('vite:preloadError', announce)
  return {
    version,
    waiting,
    shellReady,
    async restart() {
      if (asked) return
      asked = true
      const known = await registered
      if (known?.registration.waiting) known.takeOver()
      else location.reload()
    },
    async look() {
      const known = await registered
      if (!known || !navigator.onLine) return null
      const fresh = await known.registration.update().catch(() => null)
      return fresh ? fresh.installing !== null || fresh.waiting !== null : null
    },
  }
}
