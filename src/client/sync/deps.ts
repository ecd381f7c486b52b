import type { Platform } from '../platform/platform.ts'
import type { Seat } from '../platform/seat.ts'
import type { OpenStore } from '../store/open.ts'
import type { Pulled } from '../store/pulled.ts'
import type { GatepostDb } from '../store/database.ts'

/** What sync works with. */
export interface SyncDeps {
  platform: Platform
  open: OpenStore
  /** Told to the centre with each request. */
  appVersion: string
  /** How a pull is stored; false = it no longer fits and was not stored. Tests put a faulty one here. */
  storePulled: (db: GatepostDb, pulled: Pulled) => PromiseLike<boolean>
  /** Entries without a receipt, for the coordinator's list of phones. */
  unsent: () => number
  /** Where the phone may be shared by several guards. */
  guards?: GuardParts | undefined
}

/** What it takes to go from one guard of a shared phone to another. */
export interface GuardParts {
  seat: Seat
  /** What the browser gives to the database of this name. */
  platformOf: (database: string) => Platform
  /** Of hashing a PIN; absent: as many as there should be. Tests take fewer. */
  rounds?: number
}
