import * as v from 'valibot'
import type { Fact } from '../entry.ts'
import { Handover } from '../kinds/handover.ts'
import { HandoverConfirmed } from '../kinds/handoverConfirmed.ts'
import { Passage } from '../kinds/passage.ts'
import { Reading } from '../kinds/reading.ts'
import { corrected, type CorrectionFact } from './correct.ts'

interface Base {
  /** The fact as it came; its own body never changes. */
  fact: Fact
  retracted: boolean
  /** Everything that was said about it later, in order of arrival. */
  corrections: readonly CorrectionFact[]
}

/** One line of a gate's logbook as it reads now, together with how it was written. */
export type Logged =
  | (Base & { kind: 'passage'; body: Passage })
  | (Base & { kind: 'reading'; body: Reading })
  | (Base & { kind: 'handover'; body: Handover })
  | (Base & { kind: 'handoverConfirmed'; body: HandoverConfirmed })
  /** Of a kind or version newer than this app ([PL9]): kept and shown, not reckoned with. */
  | (Base & { kind: 'newer'; body: Record<string, unknown> })

export type LoggedPassage = Extract<Logged, { kind: 'passage' }>

type Known = Exclude<Logged['kind'], 'newer'>

const schemas = {
  passage: Passage,
  reading: Reading,
  handover: Handover,
  handoverConfirmed: HandoverConfirmed,
}

const isKnown = (kind: string): kind is Known => Object.hasOwn(schemas, kind)

function read<B extends Record<string, unknown>>(
  schema: v.GenericSchema<unknown, B>,
  fact: Fact,
  corrections: readonly CorrectionFact[],
): (Base & { body: B }) | null {
  const parsed = v.safeParse(schema, fact.body)
  return parsed.success ? { fact, corrections, ...corrected(schema, parsed.output, corrections) } : null
}

function readKnown(kind: Known, fact: Fact, corrections: readonly CorrectionFact[]): Logged | null {
  switch (kind) {
    case 'passage': {
      const found = read(schemas.passage, fact, corrections)
      return found && { kind, ...found }
    }
    case 'reading': {
      const found = read(schemas.reading, fact, corrections)
      return found && { kind, ...found }
    }
    case 'handover': {
      const found = read(schemas.handover, fact, corrections)
      return found && { kind, ...found }
    }
    case 'handoverConfirmed': {
      const found = read(schemas.handoverConfirmed, fact, corrections)
      return found && { kind, ...found }
    }
  }
}

/** A fact of a gate's logbook with its corrections applied. */
export function toLogged(fact: Fact, corrections: readonly CorrectionFact[]): Logged {
  const known = isKnown(fact.kind) ? readKnown(fact.kind, fact, corrections) : null
  return known ?? { kind: 'newer', fact, corrections, retracted: false, body: fact.body }
}
