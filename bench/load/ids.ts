import { systemClock } from '../../src/client/platform/clock.ts'
import { createIds } from '../../src/client/platform/ids.ts'
import { systemRandom } from '../../src/client/platform/random.ts'

const ids = createIds(systemClock, systemRandom)

/** UUIDv7, as a phone makes them. */
export const newId = (): string => ids.next()
