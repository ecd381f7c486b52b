/** A value that can be watched. */
export interface Value<T> {
  get(): T
  /** Tells the watchers when it is another value (===). */
  set(value: T): void
  subscribe(next: (value: T) => void): { unsubscribe(): void }
}

export function createValue<T>(initial: T): Value<T> {
  let current = initial
  const watchers = new Set<(value: T) => void>()
  return {
    get: () => current,
    set(value) {
      if (value === current) return
      current = value
      for (const watch of [...watchers]) watch(value)
    },
    subscribe(next) {
      // Wrapped, so that the same function may watch twice.
      const watch = (value: T) => next(value)
      watchers.add(watch)
      next(current)
      return { unsubscribe: () => watchers.delete(watch) }
    },
  }
}
