import { shallowRef, watchEffect, type ShallowRef } from 'vue'

/** What a live query looks like; those of the store and of Dexie are such. */
export interface LiveSource<T> {
  subscribe(next: (value: T) => void, error?: (cause: unknown) => void): { unsubscribe(): void }
}

/**
 * A live query as a Vue ref. `make` is run again when what it reads reactively changes; the old subscription ends
 * first, the last one with the component. `null` from `make`: nothing to follow now, the value goes back to
 * `initial`. An error keeps the last value and goes to `onError`.
 */
export function useLive<T>(
  make: () => LiveSource<T> | null,
  initial: T,
  onError: (cause: unknown) => void = () => undefined,
): Readonly<ShallowRef<T>> {
  const value: ShallowRef<T> = shallowRef(initial)
  watchEffect((onCleanup) => {
    const source = make()
    if (!source) {
      value.value = initial
      return
    }
    const subscription = source.subscribe((now) => (value.value = now), onError)
    onCleanup(() => subscription.unsubscribe())
  })
  return value
}
