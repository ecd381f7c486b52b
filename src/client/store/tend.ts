import { getMeta, putMeta, type GatepostDb } from './database.ts'
import type { Standing } from './rows.ts'

/** Changes what is known of this install's standing. A field given as undefined is taken away. */
export const mendStanding = (
  db: GatepostDb,
  change: { [K in keyof Standing]?: Standing[K] | undefined },
): PromiseLike<void> =>
  db.transaction('rw', db.meta, async () => {
    const { revoked, unknown, notice, tooOld, renew } = { ...(await getMeta(db, 'standing')), ...change }
    await putMeta(db, {
      standing: {
        ...(revoked ? { revoked } : {}),
        ...(unknown ? { unknown } : {}),
        ...(notice ? { notice } : {}),
        ...(tooOld ? { tooOld } : {}),
        ...(renew ? { renew } : {}),
      },
    })
  })
