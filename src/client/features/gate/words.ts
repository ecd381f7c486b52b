import { normalisePlate, showPlate } from '../../../domain/formats/plate.ts'
import type { Passage } from '../../../domain/kinds/passage.ts'
import { dotted } from '../../i18n/dotted.ts'
import { useText } from '../../i18n/index.ts'

/** How the gate's screens call people, vehicles and values. */
export interface GateWords {
  /** `3-2-501 · 张*`, a plate, or that no name was given. */
  who(body: { home?: unknown; name?: unknown; plate?: unknown; subject?: unknown }): string
  celsius(value: number): string
  /** `36.5 ℃ · in · 14:32` */
  outcome(body: Passage, at: number): string
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

export function useGateWords(): GateWords {
  const { t, date, number } = useText()
  const celsius = (value: number): string => `${number(value, 1)} ${t('gate.temperature.unit')}`
  return {
    celsius,
    who: ({ home, name, plate, subject }) =>
      dotted([plate ? showPlate(normalisePlate(text(plate))) : '', text(home), text(name)]) ||
      t(subject === 'vehicle' ? 'gate.plate.none' : 'gate.nobody'),
    outcome: (body, at) =>
      dotted([
        body.celsius === undefined ? '' : celsius(body.celsius),
        t(`gate.way.${body.way}`),
        body.purpose && body.purpose !== 'resident' ? t(`gate.purpose.${body.purpose}`) : '',
        date(at, 'time'),
      ]),
  }
}
