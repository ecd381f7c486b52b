import { onMounted, onUnmounted } from 'vue'
import { createTypedScanner } from '../../platform/typedScanner.ts'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select')

/** Hears a hardware scanner that types, wherever the focus is but in a field. */
export function useTypedScans(onText: (text: string) => void): void {
  const scanner = createTypedScanner()
  function onKey(event: KeyboardEvent): void {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || !event.key) return
    const text = scanner.key(event.key, event.timeStamp)
    if (text !== null || (event.key === ' ' && scanner.busy())) event.preventDefault()
    if (text !== null) onText(text)
  }
  onMounted(() => addEventListener('keydown', onKey))
  onUnmounted(() => removeEventListener('keydown', onKey))
}
