import { homeKey } from '../../../../domain/formats/home.ts'
import { readScanned } from '../../../../domain/formats/scanned.ts'
import type { GateBook } from '../book/gateBook.ts'
import type { GateForm } from '../useGateForm.ts'

/** What became of a scanned text. `goneHome`: a code of ours whose home this phone does not have. */
export type ScanResult = 'known' | 'unknown' | 'goneHome'

/** Takes the text of a code, from the camera, a picture or a scanner that types, as the answer to who it is. */
export function useScanned(book: GateBook, gateForm: GateForm): (text: string) => ScanResult {
  const atHome = (household: string | undefined, home: string): ScanResult => {
    gateForm.form.subject = 'person'
    gateForm.answer({ how: 'scan', home, ...(household ? { household } : {}) })
    return 'known'
  }
  return (text) => {
    const scanned = readScanned(text)
    if (scanned.is === 'unknown') return 'unknown'
    if (scanned.is === 'home') return atHome(book.homes.byKey.value.get(homeKey(scanned.home)), scanned.home)
    const home = book.homes.byId.value.get(scanned.household)?.home
    return home === undefined ? 'goneHome' : atHome(scanned.household, home)
  }
}
