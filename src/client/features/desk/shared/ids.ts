import { systemClock } from '../../../platform/clock.ts'
import { createIds } from '../../../platform/ids.ts'
import { systemRandom } from '../../../platform/random.ts'

/** Ids of the records that the desk makes. */
export const newId = createIds(systemClock, systemRandom).next
