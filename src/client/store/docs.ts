import { Dexie, type Collection } from 'dexie'
import type { Doc, EntryState } from '../../domain/entry.ts'
import type { BodyOf, KindName } from '../../domain/kinds/index.ts'
import type { GatepostDb } from './database.ts'
import type { RecordRow } from './rows.ts'
import type { DocQuery } from './types.ts'
import { lookKey } from './views.ts'

const stateOf = ({ patches }: RecordRow): EntryState => {
  if (patches.some((patch) => patch.code !== undefined)) return 'attention'
  return patches.some((patch) => patch.ackSeq === undefined) ? 'saved' : 'sent'
}

/** The body is taken for what the kind's schema says: the centre checked the base, the form the patches. */
export const toDoc = <K extends KindName>(row: RecordRow): Doc<BodyOf<K>> => ({
  kind: row.kind,
  id: row.id,
  logbook: row.logbook,
  seq: row.seq,
  at: row.at,
  removed: row.removed,
  state: stateOf(row),
  lost: row.lost,
  body: row.body as BodyOf<K>,
})

function matching(db: GatepostDb, kind: KindName, { logbook, look }: DocQuery): Collection<RecordRow> {
  if (look) {
    const found = db.records
      .where('look')
      .equals(lookKey(kind, look.field, look.value))
      .distinct()
    return logbook === undefined ? found : found.and((row) => row.logbook === logbook)
  }
  if (logbook !== undefined) return db.records.where('[logbook+kind]').equals([logbook, kind])
  return db.records.where('[kind+id]').between([kind, Dexie.minKey], [kind, Dexie.maxKey])
}

export async function findDocs<K extends KindName>(
  db: GatepostDb,
  kind: K,
  where: DocQuery = {},
): Promise<Doc<BodyOf<K>>[]> {
  const rows = await matching(db, kind, where).toArray()
  return rows.filter((row) => where.removed || !row.removed).map((row) => toDoc<K>(row))
}

export async function oneDoc<K extends KindName>(
  db: GatepostDb,
  kind: K,
  id: string,
): Promise<Doc<BodyOf<K>> | undefined> {
  const row = await db.records.get([kind, id])
  return row && toDoc<K>(row)
}
