import { Dexie } from 'dexie'
import type { Fact } from '../../domain/entry.ts'
import type { LogbookId } from '../../domain/ids.ts'
import type { Channel } from '../platform/channel.ts'
import { isDocument } from './compose.ts'
import type { GatepostDb } from './database.ts'
import { linesAbove, ownFact, pulledFact } from './factRows.ts'
import type { Note } from './notes.ts'
import type { OwnRow, SegmentRow } from './rows.ts'
import { readStates, stateOf, type States } from './states.ts'
import { withReopen } from './trouble.ts'

interface News {
  own: OwnRow[]
  lastN: number
  segments: SegmentRow[]
  states: States
  epoch: string
}

/** What a follower has read so far. */
interface Read {
  lastN: number
  lastSeq: number
  epoch: string
  states: States
  /** Own facts by counter: their state may still change. */
  own: Map<number, Fact>
  known: Set<string>
}

const ownSince = (db: GatepostDb, logbook: LogbookId, since: number, read: Read) =>
  read.lastN === 0
    ? db.own.where('[logbook+at]').between([logbook, since], [logbook, Dexie.maxKey]).toArray()
    : db.own
        .where('n')
        .above(read.lastN)
        .and((row) => row.logbook === logbook && row.at >= since)
        .toArray()

/** Segments with facts above what was read; the one that holds the last read fact may have grown. */
async function segmentsAbove(db: GatepostDb, logbook: LogbookId, since: number, seq: number) {
  if (seq === 0)
    return db.segments.where('[logbook+lastAt]').between([logbook, since], [logbook, Dexie.maxKey]).toArray()
  const tail = await db.segments
    .where('[logbook+from]')
    .between([logbook, Dexie.minKey], [logbook, seq], true, true)
    .last()
  const later = await db.segments
    .where('[logbook+from]')
    .between([logbook, seq], [logbook, Dexie.maxKey], false)
    .toArray()
  return tail && tail.to > seq ? [tail, ...later] : later
}

const readNews = (db: GatepostDb, logbook: LogbookId, since: number, read: Read): PromiseLike<News> =>
  db.transaction('r', [db.own, db.segments, db.attention, db.meta, db.cursors], async () => {
    const epoch = (await db.cursors.get(logbook))?.epoch ?? read.epoch
    const lastSeq = epoch === read.epoch ? read.lastSeq : 0
    return {
      own: await ownSince(db, logbook, since, read),
      lastN: (await db.own.orderBy('n').last())?.n ?? read.lastN,
      segments: await segmentsAbove(db, logbook, since, lastSeq),
      states: await readStates(db),
      epoch,
    }
  })

function newOwn(read: Read, { own, states }: News): Fact[] {
  return own.flatMap((row) => {
    const fact = isDocument(row.kind) ? null : ownFact(row, stateOf(row.n, states))
    if (!fact || (read.known.has(fact.id) && !read.own.has(row.n))) return []
    read.known.add(fact.id)
    read.own.set(row.n, fact)
    return [fact]
  })
}

/** Counters whose state may differ between two looks. */
function* touched(before: States, after: States): Generator<number> {
  const [low, high] = [Math.min(before.through, after.through), Math.max(before.through, after.through)]
  for (let n = low + 1; n <= high; n++) yield n
  yield* before.attention.keys()
  yield* after.attention.keys()
}

function changedOwn(read: Read, { states }: News): Fact[] {
  const changed = new Map<number, Fact>()
  for (const n of touched(read.states, states)) {
    const fact = read.own.get(n)
    const state = stateOf(n, states)
    if (!fact || fact.state === state) continue
    const next = { ...fact, state }
    read.own.set(n, next)
    changed.set(n, next)
  }
  return [...changed.values()]
}

function newPulled(read: Read, news: News, since: number): Fact[] {
  const lastSeq = news.epoch === read.epoch ? read.lastSeq : 0
  return news.segments
    .flatMap((segment) => (segment.to > lastSeq ? linesAbove(segment.text, lastSeq) : []))
    .flatMap((line) => pulledFact(line) ?? [])
    .filter((fact) => fact.at >= since && !read.known.has(fact.id) && Boolean(read.known.add(fact.id)))
}

/** What is new, and `read` moved on. */
function digest(read: Read, news: News, since: number): Fact[] {
  const facts = [...changedOwn(read, news), ...newOwn(read, news), ...newPulled(read, news, since)]
  const kept = news.epoch === read.epoch ? read.lastSeq : 0
  read.lastSeq = Math.max(kept, ...news.segments.map((segment) => segment.to))
  read.lastN = news.lastN
  read.epoch = news.epoch
  read.states = news.states
  return facts
}

const concerns = (note: Note, logbook: LogbookId): boolean =>
  note.topic === 'own' || note.topic === 'sent' || (note.topic === 'pulled' && note.logbook === logbook)

/**
 * Facts of a logbook, kept up to date; see Store.followFacts. Reads only what is new. Notes that come while it
 * reads are answered by one more look.
 */
export function followFacts(
  db: GatepostDb,
  channel: Channel<Note>,
  logbook: LogbookId,
  since: number,
  onFacts: (facts: Fact[], first: boolean) => void,
): () => void {
  const states: States = { through: 0, attention: new Map() }
  const read: Read = { lastN: 0, lastSeq: 0, epoch: '', states, own: new Map(), known: new Set() }
  let [first, busy, again, stopped] = [true, false, false, false]

  async function look() {
    if (busy) {
      again = true
      return
    }
    busy = true
    do {
      again = false
      const news = await withReopen(db, () => readNews(db, logbook, since, read)).catch(() => null)
      if (stopped) return
      if (!news) continue
      const facts = digest(read, news, since)
      if (first || facts.length > 0) onFacts(facts, first)
      first = false
    } while (again)
    busy = false
  }

  const unlisten = channel.listen((note) => {
    if (concerns(note, logbook)) void look()
  })
  void look()
  return () => {
    stopped = true
    unlisten()
  }
}
