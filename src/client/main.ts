import { keptLocale, wantedLocale } from './ahead.ts'
import { createApp, watch, type Ref } from 'vue'
import App from './App.vue'
import { createText } from './i18n/index.ts'
import { catchInstallOffer, installOfferKey } from './platform/installOffer.ts'
import { breathe, whenCalm } from './platform/breath.ts'
import { browserPlatform } from './platform/platform.ts'
import { browserSeat } from './platform/seat.ts'
import { localMirror } from './platform/storage.ts'
import { followUpdates, updatesKey } from './platform/updates.ts'
import { loadScreen, makeRouter } from './router.ts'
import { storeKey, type Identity } from './store/index.ts'
import { openStore, type OpenStore } from './store/open.ts'
import { seenOtherwise } from './store/seenOtherwise.ts'
import { callsKey, type Calls } from './sync/calls.ts'
import { createLaterSync } from './sync/laterSync.ts'
import { syncKey } from './sync/status.ts'
import './ui/tokens.css'
import './ui/base.css'
import './ui/splash.css'
import { createTheme, themeKey } from './ui/theme.ts'
import { createDirty, dirtyKey } from './ui/useDirty.ts'
import { appVersion } from './version.ts'

/** Only here are the concrete drivers put together. */
const seat = browserSeat()
const { database } = seat
const platform = browserPlatform(database)
const installOffer = catchInstallOffer()
const dark = matchMedia('(prefers-color-scheme: dark)')
const theme = createTheme(document.documentElement, localMirror('gatepost-theme'), dark)

/** False: the app is being loaded anew for another guard. Without its code only a phone that is one guard's goes on. */
const began = async (calls: Calls): Promise<boolean> => {
  try {
    return await (await calls.guards()).begin()
  } catch {
    return !seat.shared()
  }
}

/** Is there a list of guards? Yes, where the browser can't tell. */
async function mayHaveGuards(): Promise<boolean> {
  try {
    return (await indexedDB.databases()).some(({ name }) => name === 'gatepost-guards')
  } catch {
    return true
  }
}

/** The word that the phone is shared may go with the power; the list of its guards stays, and gives it again. */
async function recall(calls: Calls): Promise<void> {
  if (!seat.shared() && (await mayHaveGuards())) await (await calls.guards()).state()
}

/** A tab that changes guards and takes longer has hung, ms. */
const changedWithinMs = 30_000
let shown: { unmount(): void } | null = null

/** Another tab signed this phone out, or locks its guard: nothing of that stays on the screen. */
function leave(locked: boolean): void {
  if (!locked) return location.reload()
  shown?.unmount()
  // In a moment somebody else is at the gate, and the seat follows.
  setTimeout(() => location.reload(), changedWithinMs)
}

/**
 * What is on the screen was seen by another role, or has left the phone: it is loaded anew, as soon as no form is
 * half-filled.
 */
function followWhatIsSeen({ identity, channel }: OpenStore, isDirty: Readonly<Ref<boolean>>): void {
  const anew = () => watch(isDirty, (dirty) => dirty || location.reload(), { immediate: true })
  let before: Identity | null = null
  identity.subscribe((now) => {
    const otherwise = before && now ? seenOtherwise(before, now) : []
    before = now
    if (otherwise.length > 0) anew()
  })
  channel.listen(({ topic }) => {
    if (topic === 'forgotten') anew()
  })
}

/** A function, since a lazy chunk that needs this one would wait for ever on an await at the top. */
async function start(): Promise<void> {
  // Words, database and the screen's code are on their way side by side.
  const words = createText(wantedLocale())
  const opening = openStore(platform, database, leave)
  await breathe()
  let isEnrolled = () => false
  const router = makeRouter(() => isEnrolled(), seat)
  loadScreen(router, location.pathname)
  const [text, open] = await Promise.all([words, opening])
  await breathe()
  isEnrolled = () => open.identity.get() !== null
  watch(text.locale, (locale) => keptLocale.write(locale))
  const sync = createLaterSync({ platform, open, appVersion, guards: { seat, platformOf: browserPlatform } })
  // Who is at the gate of a shared phone is known before anything is shown.
  const isAsked = seat.shared() || (!isEnrolled() && (await mayHaveGuards()))
  if (isAsked && !(await began(sync.calls))) return
  const forms = createDirty()
  followWhatIsSeen(open, forms.dirty)
  const app = createApp(App)
  shown = app
  app
    .use(text)
    .use(router)
    .provide(storeKey, open.store)
    .provide(syncKey, sync.control)
    .provide(callsKey, sync.calls)
    .provide(themeKey, theme)
    .provide(updatesKey, followUpdates(appVersion))
    .provide(installOfferKey, installOffer)
    .provide(dirtyKey, forms)
    .mount('#app')
  const afterwards = (): void => {
    sync.start()
    void recall(sync.calls).catch(() => undefined)
  }
  // What is on the phone is shown first.
  void router.isReady().then(() => whenCalm(afterwards))
}

// The app's files have just been run: a press is answered before they are used.
void breathe().then(start)
