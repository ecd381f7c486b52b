import type { Sounding } from './sound.ts'

/** Milliseconds on and off, by turns. Short = go on, long = stop, so that a hand in a glove can tell. */
const patterns: Record<Sounding, readonly number[]> = {
  admit: [60],
  refuse: [250, 100, 250],
  ask: [80, 80, 80],
  failed: [400],
}

/** Vibrates where the device can; elsewhere nothing happens. */
export function vibrate(sounding: Sounding): void {
  if (typeof navigator !== 'undefined' && 'vibrate' in navigator) navigator.vibrate([...patterns[sounding]])
}
