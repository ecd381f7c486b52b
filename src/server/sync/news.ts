import { newsMaxCursors, newsMaxRows } from '../../protocol/api.ts'
import { readCursor } from '../../protocol/cursor.ts'
import type { LogbookRow } from '../storage/rows.ts'
import type { LogReads } from '../storage/storage.ts'
import { pull, pullMostBytes, rowsIn, type Puller } from './pull.ts'

/**
 * What came to the held logbooks after the cursors, each as the answer to a pull with it ([SC4]). Logbooks without
 * news cost no reading; what is no cursor of ours is passed over, and the phone's pull will hear why.
 */
export async function newsSince(
  reads: LogReads,
  epoch: string,
  puller: Puller,
  held: readonly Pick<LogbookRow, 'id' | 'head'>[],
  cursors: readonly string[],
  now: number,
): Promise<string[]> {
  const heads = new Map(held.map(({ id, head }) => [id, head]))
  const news: string[] = []
  let [room, bytes] = [newsMaxRows, pullMostBytes]
  for (const after of cursors.slice(0, newsMaxCursors)) {
    const cursor = readCursor(after)
    const head = cursor?.epoch === epoch ? heads.get(cursor.logbook) : undefined
    if (!cursor || head === undefined || head <= cursor.seq || room === 0 || bytes <= 0) continue
    // Of one logbook there is one answer.
    heads.delete(cursor.logbook)
    const request = { logbook: cursor.logbook, after, limit: room, all: false }
    const pulled = await pull(reads, epoch, puller, request, now)
    if (!pulled.ok) continue
    news.push(pulled.value)
    room -= rowsIn(pulled.value)
    bytes -= pulled.value.length
  }
  return news
}
