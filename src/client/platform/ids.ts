import { v7 } from 'uuid'
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

export interface Ids {
  /** A new UUIDv7. Unique; its order means nothing. */
  next(): string
}

export const createIds = (clock: Clock, random: Random): Ids => ({
  // A device may believe it is before 1970, which a UUIDv7 can't say.
  next: () => v7({ msecs: Math.max(0, clock.now()), random: random.bytes(16) }),
})
