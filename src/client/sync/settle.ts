import type { LogbookId } from '../../domain/ids.ts'
import { getMeta } from '../store/database.ts'
import type { PageRow } from '../store/rows.ts'
import { settleReceipt, type Settled } from '../store/receipts.ts'
import { mendStanding } from '../store/tend.ts'
import { turnEpoch } from '../store/turns.ts'
import type { Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'
import { readReceipt } from './receive.ts'

/** `renew`: nothing more is to be sent under this identity. */
export type Settlement = { ok: true; renew: boolean } | Trouble

export interface PushEvents {
  /** There is something to send. */
  work: () => void
  /** Own documents have arrived at the centre: the logbook's head, so that they are pulled as they stand there. */
  head: (logbook: LogbookId, seq: number) => void
}

/** Takes a reply to heart, if it is the centre's receipt for these pages. */
export async function settle(
  { open }: SyncDeps,
  on: PushEvents,
  pages: readonly PageRow[],
  reply: Parameters<typeof readReceipt>[0],
): Promise<Settlement> {
  const { db, channel } = open
  const centre = await getMeta(db, 'centre')
  const receipt = centre && (await readReceipt(reply, centre.serverKey))
  if (!receipt) return { ok: false, problem: 'not-gatepost' }
  if (receipt.epoch !== centre.epoch && (await turnEpoch(db, receipt.epoch)))
    channel.tell({ topic: 'identity' })
  const settled: Settled = await settleReceipt(db, receipt, pages)
  // A fork of an earlier install is behind this phone already.
  const current = receipt.install === open.identity.get()?.install
  if (settled.forked && current) await mendStanding(db, { renew: 'renewed' })
  channel.tell({ topic: 'sent' })
  for (const logbook of settled.documents) on.head(logbook, receipt.heads[logbook] ?? 0)
  if (settled.pages === 0) return { ok: false, problem: 'not-gatepost' }
  return { ok: true, renew: (await getMeta(db, 'standing'))?.renew !== undefined }
}
