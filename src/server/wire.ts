import { v7 } from 'uuid'
import type { Chance } from './auth/invitations.ts'
import { newSecret } from './auth/secrets.ts'
import { Meter } from './http/meter.ts'
import type { Services } from './http/services.ts'
import type { Storage } from './storage/storage.ts'
import { openCentre } from './sync/centre.ts'
import { judgeHeld } from './sync/held.ts'
import { centrePen } from './sync/pen.ts'
import { localPokes, type Pokes } from './sync/pokes.ts'
import { createSync } from './sync/service.ts'

/** Real ids and secrets. */
export const chance: Chance = { newId: () => v7(), newSecret }

/**
 * Everything between the database and the routes. What a newer program can read of what an older one put aside is
 * taken in first ([PU7]). `now`: the centre's time, ms. `pokes`: those of all processes, where there are several.
 */
export async function wire(
  storage: Storage,
  now: () => number,
  from: Chance = chance,
  pokes: Pokes = localPokes(),
): Promise<Services> {
  const { newId } = from
  const centre = await openCentre(storage, newId, now())
  await judgeHeld(storage, now())
  const meter = new Meter({ storage, pokes, now })
  return {
    storage,
    pokes,
    chance: from,
    now,
    meter,
    centre: { epoch: centre.epoch, serverKey: centre.serverKey, sealKey: centre.sealKey },
    sign: centre.sign,
    pen: centrePen({ storage, centre, pokes, newId, now }),
    sync: createSync({ storage, centre, pokes, now, watch: meter }),
  }
}
