import { onScopeDispose, ref, type Ref } from 'vue'

export interface Wait {
  /** Still to be waited, ms. */
  left: Ref<number>
  begin(ms: number): void
}

/** A wait that only the app being open shortens. `pass` lets it, tells what is left, and gives what ends that. */
export function useWait(pass: (tell: (leftMs: number) => void) => () => void): Wait {
  const left = ref(0)
  let stop = (): void => undefined
  onScopeDispose(() => stop())
  return {
    left,
    begin(ms) {
      stop()
      left.value = ms
      if (ms > 0) stop = pass((leftMs) => (left.value = leftMs))
    },
  }
}
