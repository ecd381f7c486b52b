import { getMeta } from '../store/database.ts'
import { forgetPulled, leaseDays, purgeOwn, purgePulled } from '../store/retention.ts'
import type { SyncDeps } from './deps.ts'

export const upkeepEveryMs = 60 * 60_000

/**
 * What is past its time leaves the phone. Never an entry that was not sent; and what this phone made leaves it only
 * by the centre's time, since a device's clock set years ahead would erase what a restored centre may ask for again.
 */
export async function upkeep({ open }: Pick<SyncDeps, 'open'>): Promise<void> {
  const { db, keeper, channel } = open
  if (keeper.sure()) {
    await purgeOwn(db, keeper.corrected())
    await purgePulled(db, keeper.corrected())
  }
  const contact = await getMeta(db, 'contact')
  if (!contact || keeper.now() - contact.at < leaseDays * 86_400_000) return
  for (const logbook of await forgetPulled(db, 'personal')) channel.tell({ topic: 'pulled', logbook })
}
