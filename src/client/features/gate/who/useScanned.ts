import { ref, watch, type Ref } from 'vue'
import { homeKey } from '../../../../domain/formats/home.ts'
import { readScanned } from '../../../../domain/formats/scanned.ts'
import type { GateBook } from '../book/gateBook.ts'
import type { GateForm } from '../useGateForm.ts'

/** Why a scanned text answered nothing. `goneHome`: a code of ours whose home this phone does not have. */
export type ScanProblem = 'unknown' | 'goneHome'

export interface Scanned {
  /** Takes a text; false where it answered nothing, or does not yet since the homes are still being read. */
  take(text: string): boolean
  /** Of the last text; gone as soon as something else is answered. */
  problem: Ref<ScanProblem | null>
}

/** Takes the text of a code, from the camera, a picture or a scanner that types, as the answer to who it is. */
export function useScanned(book: GateBook, gateForm: GateForm): Scanned {
  const problem = ref<ScanProblem | null>(null)
  let early: string | null = null
  const { form } = gateForm

  function atHome(household: string | undefined, home: string): null {
    form.subject = 'person'
    gateForm.answer({ how: 'scan', home, ...(household ? { household } : {}) })
    return null
  }
  function answer(text: string): ScanProblem | null {
    const scanned = readScanned(text)
    if (scanned.is === 'unknown') return 'unknown'
    if (scanned.is === 'home') return atHome(book.homes.byKey.value.get(homeKey(scanned.home)), scanned.home)
    const home = book.homes.byId.value.get(scanned.household)?.home
    return home === undefined ? 'goneHome' : atHome(scanned.household, home)
  }
  function take(text: string): boolean {
    early = book.homes.read.value ? null : text
    if (early !== null) return false
    problem.value = answer(text)
    return problem.value === null
  }
  watch(book.homes.read, () => early !== null && take(early))
  // At once: a scanner that types changes these too, just before its text is taken.
  const further = [() => form.subject, () => form.asking, () => form.typedHome, () => form.who]
  watch(further, () => (problem.value = null), { flush: 'sync' })
  return { take, problem }
}
