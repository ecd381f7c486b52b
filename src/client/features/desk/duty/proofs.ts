import type { EntryId } from '../../../../domain/ids.ts'
import type { Stay } from '../../../../domain/rules/duty/book.ts'
import { signaturesOf, type Signed, type Ground } from '../../../../domain/rules/duty/proof.ts'
import { breathe } from '../../../platform/breath.ts'
import type { Store } from '../../../store/index.ts'

/** So many signatures are verified before the screen has its turn. */
const atOnce = 16

export interface ProofParts {
  codes: Pick<Store['codes'], 'holds'>
  /** Null while they are not known yet: until then every phone is believed. */
  ground: () => Ground | null
  /** Told of check-ins whose code does not hold after all. */
  onWrong: (ids: readonly EntryId[]) => void
}

function firstOf<T>(all: Iterable<T>, most: number): T[] {
  const first: T[] = []
  for (const one of all) {
    if (first.length === most) break
    first.push(one)
  }
  return first
}

/**
 * Verifies again what check-ins rest on, each entry once: a phone that says it has read a post's screen is believed
 * only until its code was looked into.
 */
export function createProofs({ codes, ground, onWrong }: ProofParts) {
  const known = new Map<EntryId, boolean>()
  const waiting = new Map<EntryId, readonly Signed[]>()
  let [busy, ended] = [false, false]
  /** Counts what was verified by: an answer that an earlier ground gave is not one any more. */
  let grounds = 0

  async function look([id, signatures]: [EntryId, readonly Signed[]]): Promise<EntryId | null> {
    const asked = grounds
    const holds = await codes.holds(signatures)
    if (asked !== grounds) return null
    waiting.delete(id)
    if (holds !== undefined) known.set(id, holds)
    return holds === false ? id : null
  }

  async function work(): Promise<void> {
    busy = true
    while (waiting.size > 0 && !ended) {
      await breathe()
      const asked = grounds
      const found = await Promise.all(firstOf(waiting, atOnce).map(look)).catch(() => null)
      // A storage that does not answer: what it could not tell is asked again when it is looked at again.
      if (!found && asked === grounds) break
      if (!found) continue
      const wrong = found.filter((id) => id !== null)
      if (wrong.length > 0 && !ended) onWrong(wrong)
    }
    waiting.clear()
    busy = false
  }

  return {
    /** Undefined: it has none, or nobody has looked yet. */
    holds({ fact }: Stay): boolean | undefined {
      const answer = known.get(fact.id)
      const all = ground()
      if (answer !== undefined || all === null || waiting.has(fact.id)) return answer
      const signatures = signaturesOf(fact, all)
      if (signatures === null) return undefined
      // Not kept: a station of which nothing was heard yet may still arrive.
      if (signatures.length === 0) return false
      waiting.set(fact.id, signatures)
      if (!busy) void work()
      return undefined
    },
    /** Found to hold by an earlier look of this app. */
    trust(ids: Iterable<EntryId>): void {
      for (const id of ids) known.set(id, true)
    },
    /** Was looked into, and holds. */
    isFound: (id: EntryId): boolean => known.get(id) === true,
    /** What is verified by has changed: everything is looked into again when it is read again. */
    forget(): void {
      grounds += 1
      known.clear()
      waiting.clear()
    },
    /** Nothing waits to be looked into. */
    isDone: (): boolean => waiting.size === 0,
    end(): void {
      ended = true
    },
  }
}
