import { onScopeDispose, ref, type Ref } from 'vue'

/** True where the window is wide and lies on its side; the same condition as in gatePage.css. */
export function useSideways(): Ref<boolean> {
  const query = matchMedia('(min-width: 40rem) and (orientation: landscape)')
  const sideways = ref(query.matches)
  const look = (): void => void (sideways.value = query.matches)
  query.addEventListener('change', look)
  onScopeDispose(() => query.removeEventListener('change', look))
  return sideways
}
