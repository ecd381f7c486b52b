import { computed, inject, onScopeDispose, shallowReactive, type ComputedRef, type InjectionKey } from 'vue'

/** Knows whether any form on the screen is half-filled, so that nothing reloads under it. */
export interface DirtyRegistry {
  add(check: () => boolean): () => void
  /** True while any registered form holds something unsaved. */
  dirty: ComputedRef<boolean>
}

export const dirtyKey: InjectionKey<DirtyRegistry> = Symbol('dirty')

export function createDirty(): DirtyRegistry {
  const checks = shallowReactive(new Set<() => boolean>())
  return {
    add(check) {
      checks.add(check)
      return () => void checks.delete(check)
    },
    dirty: computed(() => [...checks].some((check) => check())),
  }
}

/** A form says when it is half-filled; `check` must read reactive state. It is forgotten with its component. */
export function useDirty(check: () => boolean): void {
  const registry = inject(dirtyKey, null)
  if (registry) onScopeDispose(registry.add(check))
}
