import * as v from 'valibot'
import { computed } from 'vue'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'

const prefKey = 'desk.settled'
const Keys = v.array(v.string())
const most = 2000

/** What this coordinator has put aside on this device: pleas, lost values and cloned phones that were dealt with. */
export function useSettled() {
  const store = useStore()
  const kept = useLive<unknown>(() => store.watchPref<unknown>(prefKey), [])
  const keys = computed(() => {
    const read = v.safeParse(Keys, kept.value)
    return new Set(read.success ? read.output : [])
  })
  return {
    isSettled: (key: string): boolean => keys.value.has(key),
    settle: (key: string): Promise<void> => store.setPref(prefKey, [...keys.value, key].slice(-most)),
  }
}
