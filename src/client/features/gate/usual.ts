import { homeKey } from '../../../domain/formats/home.ts'
import { normalisePlate } from '../../../domain/formats/plate.ts'
import type { PassageDraft } from '../../../domain/rules/advise.ts'
import type { Ledger } from '../../../domain/rules/ledger.ts'
import { groupOf } from '../../../domain/rules/presence.ts'
import type { Form, Purpose } from './form.ts'
import type { Homes } from './book/useHomes.ts'

type Known = Pick<Form, 'subject' | 'who'>

function lastPurpose(ledger: Ledger, plate: string): Purpose | undefined {
  const passages = groupOf(ledger.presence, { subject: 'vehicle', plate })?.passages
  return passages?.at(-1)?.body.purpose
}

/** Does somebody live there? Where no homes are known at all, a home that was said is believed. */
function livesThere(homes: Homes, who: { household?: string; home?: string }): boolean {
  if (who.household) return true
  if (!who.home) return false
  return homes.byId.value.size === 0 || homes.byKey.value.has(homeKey(who.home))
}

/** What this one most likely comes for, so that an ordinary passage asks nothing. The guard may say otherwise. */
export function usualPurpose(form: Known, homes: Homes, ledger: Ledger): Purpose {
  const { who, subject } = form
  if (subject === 'vehicle' && who?.plate) {
    const lives = homes.byPlate.value.has(normalisePlate(who.plate))
    return lives ? 'resident' : (lastPurpose(ledger, who.plate) ?? 'visitor')
  }
  return who && livesThere(homes, who) ? 'resident' : 'visitor'
}

/** What is recorded: a purpose only where the gate asks for it, or where nothing had to be guessed. */
export const recordedPurpose = (
  asked: boolean,
  chosen: Purpose | undefined,
  usual: Purpose,
): PassageDraft['purpose'] => chosen ?? (asked || usual === 'resident' ? usual : undefined)
