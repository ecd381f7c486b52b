import { onMounted, onUnmounted } from 'vue'
import { tapBack, typeDigit } from '../../../domain/formats/temperature.ts'
import { createTypedScanner } from '../../platform/typedScanner.ts'
import type { GateScreen } from './gateScreen.ts'

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, select')

/** The pads by a keyboard, and the scanners that type: whatever the question is, digits answer it. */
export function useKeys({ gateForm, homePad, platePad, scanned, decide }: GateScreen): void {
  const scanner = createTypedScanner()
  const { form, step } = gateForm
  let digits = ''
  let before = ''

  function who(key: string): void {
    const pad = form.subject === 'vehicle' ? platePad : homePad
    if (key === 'Backspace') pad.back()
    else if (/^[0-9A-Za-z-]$/.test(key)) pad.press(key.toUpperCase())
  }
  function temperature(key: string): void {
    if (key === 'Backspace') [form.temperature, digits] = [tapBack(form.temperature), '']
    if (!/^\d$/.test(key)) return
    const next = typeDigit(form.temperature, digits, Number(key))
    ;[form.temperature, digits] = [next.typed, next.digits]
    form.unmeasured = false
  }
  function onKey(event: KeyboardEvent): void {
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey || !event.key) return
    if (form.typedHome.length <= 1) before = ''
    const text = scanner.key(event.key, event.timeStamp)
    if (text !== null || (event.key === ' ' && scanner.busy())) event.preventDefault()
    if (text !== null) {
      decide.closeVerdict()
      form.typedHome = before
      scanned.take(text)
      return
    }
    if (decide.verdict.value) return
    if (step.value === 'who' && (form.subject === 'vehicle' || form.asking === 'home')) who(event.key)
    else if (step.value === 'decide' && gateForm.settings.value.temperature) temperature(event.key)
  }
  onMounted(() => addEventListener('keydown', onKey))
  onUnmounted(() => removeEventListener('keydown', onKey))
}
