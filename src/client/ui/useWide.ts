import { onScopeDispose, ref, type Ref } from 'vue'

/** True where the window has room for a side: 56 rem, so that larger text counts as a narrower window. */
export function useWide(): Ref<boolean> {
  const query = matchMedia('(min-width: 56rem)')
  const wide = ref(query.matches)
  const look = (): void => void (wide.value = query.matches)
  query.addEventListener('change', look)
  onScopeDispose(() => query.removeEventListener('change', look))
  return wide
}
