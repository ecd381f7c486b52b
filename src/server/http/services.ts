import type { Enrolment } from '../auth/enrolment.ts'
import type { Pokes } from '../sync/pokes.ts'
import type { Sync } from '../sync/service.ts'

/** Everything that the routes need; wired in `main.ts`, and by tests. */
export interface Services extends Enrolment {
  sync: Sync
  pokes: Pokes
  /** The centre's time, ms. */
  now(): number
}
