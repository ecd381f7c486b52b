import type { Fact } from '../../domain/entry.ts'
import type { LogbookId } from '../../domain/ids.ts'
import type { Channel } from '../platform/channel.ts'
import type { Arrived } from './arrived.ts'
import type { GatepostDb } from './database.ts'
import {
  nothingRead,
  reachedOf,
  takeArrived,
  takeNews,
  takeSaved,
  type Read,
  type Reached,
} from './digest.ts'
import { readNews, type Place } from './news.ts'
import type { Note } from './notes.ts'
import type { OwnRow } from './rows.ts'
import { withReopen } from './trouble.ts'

/**
 * `reached`: how far what was told until now goes; to be asked in the same breath as what was made of it is kept. Null
 * while something of it is not settled.
 */
export type OnFacts = (facts: Fact[], first: boolean, reached: () => Reached | null) => void

/** Where facts come from. */
export interface Sources {
  db: GatepostDb
  /** Tells that there is something to read. */
  channel: Channel<Note>
  /** What this tab has just saved, before the channel tells of it. */
  saved: Channel<readonly OwnRow[]>
  /** What this tab has just pulled, before the channel tells of it. */
  arrived: Channel<Arrived>
  breathe: () => Promise<void>
  /** Corrected time, ms. */
  now: () => number
}

/** Where a note says that there is something to read. */
function placeOf(note: Note, logbook: LogbookId, read: Read): Place | null {
  if (note.topic === 'own') return note.n > 0 && note.n <= read.lastN ? null : 'own'
  if (note.topic === 'sent') return 'states'
  if (note.topic !== 'pulled' || note.logbook !== logbook) return null
  const { through } = note
  return through && through.epoch === read.epoch && through.seq <= read.through ? null : 'pulled'
}

/**
 * Facts of a logbook, kept up to date; see Store.followFacts. Reads only what is new: what this tab saves or
 * pulls is taken over in memory. Notes that come while it reads are answered by one more look.
 */
export function followFacts(
  { db, channel, saved, arrived, breathe, now }: Sources,
  logbook: LogbookId,
  since: number,
  onFacts: OnFacts,
): () => void {
  const read = nothingRead()
  const wanted = new Set<Place>(['own', 'states', 'pulled'])
  // Where a look failed: the next one looks there as well.
  const missed = new Set<Place>()
  let [first, busy, stopped] = [true, false, false]

  function tell(facts: Fact[]) {
    if (first || facts.length > 0) onFacts(facts, first, () => reachedOf(read))
    first = false
  }

  async function look() {
    if (busy) return
    busy = true
    for (const place of missed) wanted.add(place)
    missed.clear()
    while (wanted.size > 0) {
      const { lastN, lastSeq, epoch, through } = read
      const asked = { logbook, since, now: now(), lastN, lastSeq, epoch, through, places: new Set(wanted) }
      wanted.clear()
      const news = await withReopen(db, () => readNews(db, asked)).catch(() => null)
      const facts = news && !stopped ? await takeNews(read, news, since, breathe) : null
      if (stopped) return
      if (facts) tell(facts)
      else for (const place of asked.places) missed.add(place)
    }
    busy = false
  }

  const unlisten = channel.listen((note) => {
    const place = placeOf(note, logbook, read)
    if (!place) return
    wanted.add(place)
    void look()
  })
  const unhand = saved.listen((rows) => {
    const facts = busy || first ? null : takeSaved(read, rows, logbook, since)
    if (facts && facts.length > 0) tell(facts)
  })
  const unarrive = arrived.listen((what) => {
    if (what.logbook !== logbook || busy || first || missed.size > 0) return
    const facts = takeArrived(read, what, since)
    if (facts && facts.length > 0) tell(facts)
  })
  void look()
  return () => {
    stopped = true
    unlisten()
    unhand()
    unarrive()
  }
}
