import { Dexie } from 'dexie'
import type { LogbookId } from '../../domain/ids.ts'
import type { GatepostDb } from './database.ts'
import { expiredTables, readExpired } from './expired.ts'
import type { OwnRow, SegmentRow } from './rows.ts'
import { readStates, type States } from './states.ts'

/** Where a follower looks. */
export type Place = 'own' | 'states' | 'pulled'

export interface Asked {
  logbook: LogbookId
  /** Corrected time, ms. */
  since: number
  /** Corrected time, ms. */
  now: number
  /** Where to look; the other parts of the news are empty. */
  places: ReadonlySet<Place>
  /** How far the follower has read. */
  lastN: number
  lastSeq: number
  epoch: string
  through: number
}

/** What is on disk beyond what a follower has read. */
export interface News {
  own: OwnRow[]
  lastN: number
  segments: SegmentRow[]
  states: States | null
  /** Of the logbook's cursor. Another one than before: its order numbers have begun anew. */
  epoch: string
  /** Order number that the cursor stands at; -1 where there is none. */
  through: number
}

async function firstOwn(db: GatepostDb, { logbook, since, now }: Asked): Promise<OwnRow[]> {
  const rows = await db.own.where('[logbook+at]').between([logbook, since], [logbook, Dexie.maxKey]).toArray()
  const isExpired = await readExpired(db, now)
  return rows.filter((row) => !isExpired(row))
}

const ownSince = (db: GatepostDb, asked: Asked): PromiseLike<OwnRow[]> =>
  asked.lastN === 0
    ? firstOwn(db, asked)
    : db.own
        .where('n')
        .above(asked.lastN)
        .toArray((rows) => rows.filter((row) => row.logbook === asked.logbook && row.at >= asked.since))

async function ownNews(db: GatepostDb, asked: Asked): Promise<Pick<News, 'own' | 'lastN'>> {
  if (!asked.places.has('own')) return { own: [], lastN: asked.lastN }
  const [own, last] = await Promise.all([ownSince(db, asked), db.own.orderBy('n').lastKey()])
  return { own, lastN: typeof last === 'number' ? last : asked.lastN }
}

/** Segments with facts above what was read; the one that holds the last read fact may have grown. */
const segmentsAbove = (db: GatepostDb, { logbook, since }: Asked, seq: number): PromiseLike<SegmentRow[]> =>
  seq === 0
    ? db.segments.where('[logbook+lastAt]').between([logbook, since], [logbook, Dexie.maxKey]).toArray()
    : db.segments.where('[logbook+to]').between([logbook, seq], [logbook, Dexie.maxKey], false).toArray()

async function pulledNews(
  db: GatepostDb,
  asked: Asked,
): Promise<Pick<News, 'segments' | 'epoch' | 'through'>> {
  if (!asked.places.has('pulled')) return { segments: [], epoch: asked.epoch, through: asked.through }
  const cursor = await db.cursors.get(asked.logbook)
  const epoch = cursor?.epoch ?? asked.epoch
  const segments = await segmentsAbove(db, asked, epoch === asked.epoch ? asked.lastSeq : 0)
  return { segments, epoch, through: cursor?.seq ?? -1 }
}

/** No others: a tap must not wait for a reader of its table. */
const tablesFor = (db: GatepostDb, places: ReadonlySet<Place>) => [
  ...[db.segments, db.cursors, ...expiredTables(db)],
  ...(places.has('own') ? [db.own] : []),
]

/** Reads in one transaction what the asked places have beyond what was read. */
export const readNews = (db: GatepostDb, asked: Asked): PromiseLike<News> =>
  db.transaction('r', tablesFor(db, asked.places), async () => {
    const [own, pulled, states] = await Promise.all([
      ownNews(db, asked),
      pulledNews(db, asked),
      asked.places.has('states') ? readStates(db) : null,
    ])
    return { ...own, ...pulled, states }
  })
