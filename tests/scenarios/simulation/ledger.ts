import type { Draft, Entry } from '../../../src/domain/entry.ts'
import type { Phone } from './phone.ts'

/** An entry that a screen called saved. */
export interface Saved {
  phone: Phone
  entry: Entry
}

/** Everything that was ever called saved, by whichever phone: what must be at the centre in the end, once. */
export class Ledger {
  readonly saved = new Map<string, Saved>()
  /** Saves whose answer was lost with the app: they may be there or not, but whole and once. */
  readonly unsure = new Set<string>()

  /** Saves on the phone's newest tab. False where the phone is not running or said it did not save. */
  async save(phone: Phone, drafts: readonly Draft[]): Promise<boolean> {
    const tab = phone.tab
    if (!tab) return false
    try {
      for (const entry of await tab.open.store.save(drafts)) this.saved.set(entry.id, { phone, entry })
      return true
    } catch {
      return false
    }
  }
}
