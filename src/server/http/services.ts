import type { Enrolment } from '../auth/enrolment.ts'
import type { Pokes } from '../sync/pokes.ts'
import type { Sync } from '../sync/service.ts'
import type { Meter } from './meter.ts'

/** The disk that the database is on. */
export interface House {
  /** When a copy of the database was last made, ms; null = never, or not known here. */
  backupAt: number | null
  /** Bytes free; null = it lies elsewhere. */
  freeBytes: number | null
}

/** Everything that the routes need; wired in `main.ts`, and by tests. */
export interface Services extends Enrolment {
  sync: Sync
  pokes: Pokes
  /** ES256 with the server's key, which every phone knows; base64url. */
  sign(text: string): string
  meter: Meter
  /** The centre's time, ms. */
  now(): number
}
