import { onScopeDispose, ref, type Ref } from 'vue'
import { systemClock } from '../../platform/clock.ts'

const tickMs = 1000
/** So often what was waited is written down: closing the app costs no more than this again. */
const writeEveryMs = 5000

export interface Wait {
  /** Still to be waited, ms. */
  left: Ref<number>
  begin(ms: number): void
}

/** A wait that only the app being open shortens. `onWaited` is told how much of it was. */
export function useWait(onWaited: (ms: number) => Promise<void>): Wait {
  const left = ref(0)
  let [lookedAt, unwritten] = [0, 0]
  let timer: ReturnType<typeof setInterval> | undefined

  function stop(): void {
    clearInterval(timer)
    timer = undefined
  }
  function look(): void {
    const now = systemClock.mono()
    unwritten += now - lookedAt
    left.value = Math.max(0, left.value - (now - lookedAt))
    lookedAt = now
    if (left.value > 0 && unwritten < writeEveryMs) return
    const waited = unwritten
    unwritten = 0
    void onWaited(waited)
    if (left.value === 0) stop()
  }
  onScopeDispose(stop)
  return {
    left,
    begin(ms) {
      stop()
      left.value = ms
      ;[lookedAt, unwritten] = [systemClock.mono(), 0]
      if (ms > 0) timer = setInterval(look, tickMs)
    },
  }
}
