import type { Codes } from './codes.ts'
import type { GatepostDb } from './database.ts'
import type { Identity } from './types.ts'

/** `makeCodes`, brought when the first code is to be made or checked: no first screen needs it. */
export function laterCodes(db: GatepostDb, identity: () => Identity | null): Codes {
  const made = async (): Promise<Codes> => (await import('./codes.ts')).makeCodes(db, identity)
  return {
    ownKey: async () => (await made()).ownKey(),
    rotating: async (station, at) => (await made()).rotating(station, at),
    checkRotating: async (text, stations, at) => (await made()).checkRotating(text, stations, at),
    checkCard: async (text, at) => (await made()).checkCard(text, at),
    holds: async (signatures) => (await made()).holds(signatures),
  }
}
