/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core'
import {
  cleanupOutdatedCaches,
  PrecacheController,
  PrecacheRoute,
  type PrecacheEntry,
} from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

/** Hashed files of the version before, for tabs that still run it when another tab has restarted. */
const retired = 'gatepost-retired'
const precache = new PrecacheController()
precache.addToCacheList(self.__WB_MANIFEST)

/** What is never answered from here: calls to the centre. */
const toCentre = [/^\/api\//, /^\/healthz$/]

async function keepRetired(): Promise<void> {
  const now = new Set(precache.getCachedURLs())
  const current = await caches.open(precache.strategy.cacheName)
  const old = (await current.keys()).filter(({ url }) => !now.has(url) && url.includes('/assets/'))
  if (old.length === 0) return
  await caches.delete(retired)
  const shelf = await caches.open(retired)
  for (const request of old) {
    const answer = await current.match(request)
    if (answer) await shelf.put(request, answer)
  }
}

async function activate(event: ExtendableEvent): Promise<void> {
  await keepRetired()
  await precache.activate(event)
}

self.addEventListener('install', (event) => void precache.install(event))
self.addEventListener('activate', (event) => event.waitUntil(activate(event)))
cleanupOutdatedCaches()
clientsClaim()

registerRoute(new PrecacheRoute(precache))
/** The shell stands for every page of the app. */
registerRoute(new NavigationRoute(precache.createHandlerBoundToURL('/index.html'), { denylist: toCentre }))
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
  async ({ request }) => (await caches.match(request, { cacheName: retired })) ?? fetch(request),
)

/** Only a person's word makes a waiting version take over. */
self.addEventListener('message', (event) => {
  const data: unknown = event.data
  if (typeof data === 'object' && data !== null && 'type' in data && data.type === 'SKIP_WAITING')
    void self.skipWaiting()
})
