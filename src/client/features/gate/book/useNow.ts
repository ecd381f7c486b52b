import { onScopeDispose, ref, type Ref } from 'vue'
import type { Clock } from '../../../platform/clock.ts'

const everyMs = 10_000

export interface Now {
  /** Corrected time, ms; moves every ten seconds, for what is shown. */
  shown: Readonly<Ref<number>>
  /** Corrected time, ms, to the moment. */
  exact(): number
}

/** The time as the centre would tell it: the device's clock plus what is known of its error. */
export function useNow(clock: Clock, offMs: () => number | null): Now {
  const exact = (): number => clock.now() + (offMs() ?? 0)
  const shown = ref(exact())
  const timer = setInterval(() => (shown.value = exact()), everyMs)
  onScopeDispose(() => clearInterval(timer))
  return { shown, exact }
}
