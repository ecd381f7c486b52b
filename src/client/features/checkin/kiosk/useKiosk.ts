import { computed, onScopeDispose, ref, shallowRef, watchEffect } from 'vue'
import { afterWrong, noAttempts, waitMs, type Attempts } from '../../../../domain/rules/duty/attempts.ts'
import { slotAt } from '../../../../domain/rules/duty/rotating.ts'
import { systemClock } from '../../../platform/clock.ts'
import { isPin, keepPin, type KeptPin } from '../../../platform/pin.ts'
import { useLive } from '../../../ui/useLive.ts'
import type { CheckIns } from '../useCheckIns.ts'

/** What a station keeps on its device. Absent: it is no station now. */
interface Kept {
  pin: KeptPin
  attempts: Attempts
}

/** Read by the page that leads on at the start, so that a power cut ends where it began. */
const prefKey = 'kiosk'
const tickMs = 500

export const pinPattern = /^\d{4,8}$/

/** This device as the station of a post: its code of the moment, and the PIN that opens it. */
export function useKiosk({ store, identity, stations, post, exact }: CheckIns) {
  const kept = useLive<Kept | null | undefined>(() => store.watchPref<Kept | null>(prefKey), undefined)
  const station = computed(() => stations.value.find(({ body }) => body.install === identity.value?.install))
  const at = computed(() => (station.value ? post(station.value.body.post) : undefined))
  const own = shallowRef<{ x: string; y: string } | null>(null)
  watchEffect(() => {
    if (identity.value) void store.codes.ownKey().then((key) => (own.value = key))
  })
  const slot = ref(slotAt(exact()))
  const timer = setInterval(() => (slot.value = slotAt(exact())), tickMs)
  onScopeDispose(() => clearInterval(timer))
  const code = ref('')
  watchEffect(() => {
    const [mine, now] = [station.value, slot.value]
    if (!mine) return
    void store.codes.rotating(mine, exact()).then((text) => {
      if (now === slot.value && text !== null) code.value = text
    })
  })

  return {
    station,
    at,
    code,
    /** A device that was enrolled anew has another key than its station: its codes would not hold. */
    keyChanged: computed(() => {
      const [mine, key] = [station.value, own.value]
      return mine !== undefined && key !== null && mine.body.key.x !== key.x
    }),
    running: computed(() => kept.value !== undefined && kept.value !== null),
    begin: async (pin: string): Promise<void> =>
      store.setPref(prefKey, { pin: await keepPin(pin), attempts: noAttempts }),
    /** 0 = it is open; else how long to wait for the next try, ms; -1 = wrong, try again. */
    async open(pin: string): Promise<number> {
      const now = systemClock.now()
      if (!kept.value) return 0
      const { attempts } = kept.value
      const wait = waitMs(attempts, now)
      if (wait > 0) return wait
      if (await isPin(pin, kept.value.pin)) {
        await store.setPref(prefKey, null)
        return 0
      }
      const next = afterWrong(attempts, now)
      await store.setPref(prefKey, { ...kept.value, attempts: next })
      return waitMs(next, now) || -1
    },
  }
}
