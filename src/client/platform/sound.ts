/** One sound per outcome, told apart by shape and not only by pitch. Frequencies in Hz, times in seconds. */
export type Sounding = 'admit' | 'refuse' | 'ask' | 'failed'

interface Tone {
  hz: number
  from: number
  for: number
  wave: OscillatorType
}

const tunes: Record<Sounding, readonly Tone[]> = {
  admit: [{ hz: 1047, from: 0, for: 0.14, wave: 'sine' }],
  refuse: [
    { hz: 220, from: 0, for: 0.22, wave: 'square' },
    { hz: 175, from: 0.28, for: 0.3, wave: 'square' },
  ],
  ask: [
    { hz: 660, from: 0, for: 0.1, wave: 'triangle' },
    { hz: 660, from: 0.18, for: 0.1, wave: 'triangle' },
  ],
  failed: [
    { hz: 330, from: 0, for: 0.12, wave: 'sawtooth' },
    { hz: 330, from: 0.18, for: 0.12, wave: 'sawtooth' },
    { hz: 330, from: 0.36, for: 0.24, wave: 'sawtooth' },
  ],
}

const volume = 0.25

function tone(context: AudioContext, { hz, from, for: length, wave }: Tone): void {
  const [oscillator, gain] = [context.createOscillator(), context.createGain()]
  const start = context.currentTime + from
  oscillator.type = wave
  oscillator.frequency.value = hz
  gain.gain.setValueAtTime(volume, start)
  // A tone that stops dead clicks; this fades it within its own length.
  gain.gain.exponentialRampToValueAtTime(0.001, start + length)
  oscillator.connect(gain).connect(context.destination)
  oscillator.start(start)
  oscillator.stop(start + length)
}

export interface Sounds {
  play(sounding: Sounding): void
}

/** Sounds by Web Audio, made on the first use. Where there is none, or it is not allowed, silence is no error. */
export function createSounds(): Sounds {
  let context: AudioContext | null = null
  return {
    play(sounding) {
      try {
        context ??= new AudioContext()
        const ready = context
        const play = () => tunes[sounding].forEach((t) => tone(ready, t))
        if (ready.state === 'running') play()
        else ready.resume().then(play, () => undefined)
      } catch {
        context = null
      }
    },
  }
}
