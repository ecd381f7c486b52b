import type { GateSettings } from './gate.ts'
import type { Party } from './presenceGroup.ts'

export interface Stay {
  party: Party
  /** When it should be over, ms; null where nothing limits it. */
  due: number | null
  /** Whole minutes over the limit; 0 = within it. */
  overMinutes: number
}

function limitMinutes(gate: GateSettings, party: Party): number | null {
  const { purpose } = party.passage
  if (purpose === 'visitor') return gate.visitorMinutes
  return purpose === 'delivery' ? gate.deliveryMinutes : null
}

/** How a party's stay stands at `now` (corrected ms), by the rules of the gate that let it in. */
export function stayOf(gate: GateSettings, party: Party, now: number): Stay {
  const limit = limitMinutes(gate, party)
  const due = limit === null ? null : party.at + limit * 60_000
  return { party, due, overMinutes: due === null ? 0 : Math.max(0, Math.floor((now - due) / 60_000)) }
}

export const isOver = (stay: Stay, now: number): boolean => stay.due !== null && now > stay.due

/** What needs a hand first: the longest over, then what is due soonest, then who came in first. */
export const byNeed = (a: Stay, b: Stay): number =>
  (a.due ?? Number.MAX_VALUE) - (b.due ?? Number.MAX_VALUE) || a.party.at - b.party.at
