import { Dexie } from 'dexie'
import type { LogbookId } from '../../domain/ids.ts'
import { kindsIn } from '../../domain/kinds/index.ts'
import { parseLogbookId } from '../../domain/logbooks.ts'
import { isLeaseOver } from '../../domain/rules/lease.ts'
import { getMeta, getMetas, putMeta, type GatepostDb } from './database.ts'
import { putAll } from './pulled.ts'
import type { Patch, RecordRow } from './rows.ts'
import type { Identity } from './types.ts'

/** The centre has it, and gives it again with the logbook. */
const isSent = ({ ackSeq, code }: Patch): boolean => ackSeq !== undefined && code === undefined

const isPulled = ({ base, patches }: RecordRow): boolean => base !== null || patches.some(isSent)

/**
 * Takes everything pulled of a logbook off the phone, but for documents of the kinds in `kept`. Own patches stay until
 * they were sent, and those that were put aside until the person has dealt with them. False where there was nothing.
 */
export async function forgetLogbook(
  db: GatepostDb,
  logbook: LogbookId,
  kept: readonly string[] = [],
): Promise<boolean> {
  const facts = await db.segments
    .where('[logbook+from]')
    .between([logbook, Dexie.minKey], [logbook, Dexie.maxKey])
    .delete()
  const unread = await db.unread.where('logbook').equals(logbook).delete()
  const cursor = await db.cursors.where('logbook').equals(logbook).delete()
  await db.kept.delete(logbook)
  const rows = await db.records
    .where('[logbook+kind]')
    .between([logbook, Dexie.minKey], [logbook, Dexie.maxKey])
    .and((row) => !kept.includes(row.kind) && isPulled(row))
    .toArray()
  await putAll(
    db,
    rows.map((row) => ({
      ...{ ...row, base: null, seq: 0, lost: [] },
      patches: row.patches.filter((patch) => !isSent(patch)),
    })),
  )
  return facts + unread + cursor + rows.length > 0
}

export const forgetTables = (db: GatepostDb) => [db.segments, db.cursors, db.unread, db.records, db.kept]

/** Logbooks of which anything is here. A new epoch, and a new install, take the cursors and leave the rest. */
export const heldLogbooks = (db: GatepostDb): PromiseLike<Set<LogbookId>> =>
  db.transaction('r', db.cursors, db.segments, db.records, async () => {
    const held = new Set(await db.cursors.toCollection().primaryKeys())
    const segments = await db.segments.orderBy('[logbook+from]').keys()
    const records = await db.records.orderBy('[logbook+kind]').uniqueKeys()
    for (const key of [...segments, ...records]) if (Array.isArray(key)) held.add(String(key[0]))
    return held
  })

/** Is there anything in such a logbook that names people? */
export function isPersonal(logbook: LogbookId): boolean {
  const parts = parseLogbookId(logbook)
  return !parts || kindsIn(parts.purpose).some((kind) => kind.mask !== undefined)
}

/** They name nobody, and without them there is no gate to log at. */
const lastingKinds: readonly string[] = ['place', 'post']

/**
 * Takes pulled data off the phone: all of it when revoked ([AU3]), what names people when the lease is over.
 * Gives the logbooks that were touched.
 */
export const forgetPulled = (db: GatepostDb, which: 'all' | 'personal'): PromiseLike<LogbookId[]> =>
  db.transaction('rw', forgetTables(db), async () => {
    const logbooks = [...(await heldLogbooks(db))].filter((id) => which === 'all' || isPersonal(id))
    const touched: LogbookId[] = []
    for (const logbook of logbooks)
      if (await forgetLogbook(db, logbook, which === 'all' ? [] : lastingKinds)) touched.push(logbook)
    return touched
  })

/**
 * Who this phone is from now on. What was pulled of the logbooks `anew` was seen as another role sees it: it goes in the same
 * transaction, and comes from the beginning ([SC5]). Own patches stay until they were sent. False, and nothing changed, where
 * the phone is no longer this install's: it was signed out meanwhile, or its guard was locked.
 */
export const becomes = (
  db: GatepostDb,
  identity: Identity,
  anew: readonly LogbookId[],
): PromiseLike<boolean> =>
  db.transaction('rw', [db.meta, ...(anew.length > 0 ? forgetTables(db) : [])], async () => {
    if ((await getMeta(db, 'identity'))?.install !== identity.install) return false
    for (const logbook of anew) await forgetLogbook(db, logbook)
    await putMeta(db, { identity })
    return true
  })

/** Logbooks that the scope no longer names and nothing unsent waits for ([SC2]); they are taken off the phone. */
export async function forgetGone(db: GatepostDb, scope: readonly LogbookId[]): Promise<LogbookId[]> {
  const readGone = async () => [...(await heldLogbooks(db))].filter((id) => !scope.includes(id))
  // Most often there is none, and a tap must not wait for a writer of its table.
  if ((await readGone()).length === 0) return []
  return db.transaction('rw', [...forgetTables(db), db.own, db.meta], async () => {
    const gone = await readGone()
    const through = (await getMeta(db, 'sent'))?.through ?? 0
    const waiting = new Set((await db.own.where('n').above(through).toArray()).map((row) => row.logbook))
    const done = gone.filter((id) => !waiting.has(id))
    for (const logbook of done) await forgetLogbook(db, logbook)
    return done
  })
}

/**
 * Where the lease is over, pulled personal data leaves the phone; after the next contact it is pulled again. `now`:
 * device time, ms. Gives the logbooks that were touched.
 */
export async function endLease(db: GatepostDb, now: number): Promise<LogbookId[]> {
  const { contact, clock } = await getMetas(db, 'contact', 'clock')
  // Not even off duty: then nobody has to look when the last entry was logged.
  if (!contact || !isLeaseOver({ now, contactAt: contact.at, loggedAt: null })) return []
  const last = await db.own.orderBy('n').last()
  const loggedAt = last ? last.at - (clock?.offMs ?? 0) : null
  return isLeaseOver({ now, contactAt: contact.at, loggedAt }) ? forgetPulled(db, 'personal') : []
}
