import type { Passage, reasons } from '../kinds/passage.ts'
import type { GateSettings } from './gate.ts'
import { isOpen } from './hours.ts'
import { isFever } from './temperature.ts'

export type Reason = (typeof reasons)[number]

/** What is known of a passage before the guard decides. */
export interface PassageDraft {
  way: Passage['way']
  subject: Passage['subject']
  how: Passage['how']
  household?: Passage['household']
  home?: Passage['home']
  name?: Passage['name']
  plate?: Passage['plate']
  heads?: Passage['heads']
  purpose?: Passage['purpose']
  celsius?: Passage['celsius']
  repeats?: Passage['repeats']
  code?: Passage['code']
  note?: Passage['note']
}

export interface Surroundings {
  /** Local minute of the day, 0 to 1439. */
  minute: number
  /** Vehicles that are inside the compound now. */
  vehiclesInside: number
}

type Rule = (gate: GateSettings, draft: PassageDraft, around: Surroundings) => boolean

const entering = (draft: PassageDraft): boolean => draft.way === 'in'

/** In the order of their weight: the first one that speaks is the reason a refusal starts with. */
const rules: readonly [Reason, Rule][] = [
  ['fever', (gate, d) => d.celsius !== undefined && isFever(d.celsius, gate.feverAbove)],
  ['code', (_, d) => entering(d) && (d.code === 'red' || d.code === 'yellow')],
  ['courier', (gate, d) => entering(d) && d.purpose === 'delivery' && gate.couriers === 'refuse'],
  ['hours', (gate, d, around) => entering(d) && !isOpen(gate, around.minute)],
  [
    'full',
    (gate, d, around) =>
      entering(d) &&
      d.subject === 'vehicle' &&
      gate.parkingSpaces !== undefined &&
      around.vehiclesInside >= gate.parkingSpaces,
  ],
  ['unknownVisitor', (_, d) => entering(d) && d.purpose === 'visitor' && !d.name && !d.home && !d.plate],
]

/**
 * What speaks against letting this passage through, heaviest first; empty = nothing. It is advice: the guard
 * decides, and both are recorded. Nobody is advised to be kept inside, except for a fever that was measured.
 */
export const advise = (gate: GateSettings, draft: PassageDraft, around: Surroundings): Reason[] =>
  rules.filter(([, rule]) => rule(gate, draft, around)).map(([reason]) => reason)
