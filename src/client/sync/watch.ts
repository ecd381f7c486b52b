import * as v from 'valibot'
import { parseJson } from '../../protocol/page.ts'
import { createValue, type Value } from '../platform/value.ts'
import { readSituation } from '../store/mine.ts'
import type { Note } from '../store/notes.ts'
import type { Identity } from '../store/types.ts'
import { mendStanding } from '../store/tend.ts'
import { withReopen } from '../store/trouble.ts'
import type { SyncDeps } from './deps.ts'
import { statusOf, type Facts } from './statusOf.ts'
import type { SyncStatus } from './status.ts'

const Seen = v.object({ install: v.string(), logged: v.number() })

export interface StatusWatch {
  status: Value<SyncStatus>
  /** Entries without a receipt, as last counted. */
  unsent(): number
  /** The notice was read: it leaves the status, in every tab. */
  dismiss(): Promise<void>
  /** Asks the browser to keep the storage, and how much there is. */
  askStorage(): Promise<void>
  stop(): void
}

type Needs = Pick<SyncDeps, 'open' | 'platform'>

const firstFacts = ({ open, platform }: Needs): Facts => ({
  known: false,
  identity: open.identity.get(),
  standing: {},
  counts: { logged: 0, received: 0, here: 0, attention: 0 },
  pulse: { sending: false, reached: platform.surroundings.online(), stranger: false, full: false },
  online: platform.surroundings.online(),
  storeProblem: open.problem.get(),
  vanished: false,
  lastContactAt: null,
  firstSyncDone: false,
  persisted: null,
  estimate: null,
  clockOffMs: null,
  others: 0,
})

/** Was every logbook of the scope pulled to its end once? */
const isFirstSyncDone = (identity: Identity | null, complete: ReadonlySet<string>): boolean =>
  identity !== null && identity.logbooks.length > 0 && identity.logbooks.every(({ id }) => complete.has(id))

/** The counter only grows; a save may have told more than a reading that began before it. */
const newest = (known: Facts['counts'], read: Facts['counts']): Facts['counts'] => ({
  ...read,
  logged: Math.max(known.logged, read.logged),
})

async function readFacts({ open, platform }: Needs): Promise<Partial<Facts> & Pick<Facts, 'counts'>> {
  const { db, keeper } = open
  const { identity, standing, contact, others, counts, cursors } = await withReopen(db, () =>
    readSituation(db),
  )
  const complete = new Set(cursors.filter((cursor) => cursor.complete).map(({ logbook }) => logbook))
  return {
    known: true,
    identity: identity ?? null,
    standing: standing ?? {},
    counts,
    others: others?.waiting ?? 0,
    lastContactAt: contact?.at ?? null,
    firstSyncDone: isFirstSyncDone(identity ?? null, complete),
    clockOffMs: keeper.offset()?.offMs ?? null,
    vanished: !identity && v.is(Seen, parseJson(platform.mirror.read() ?? '')),
  }
}

async function dismiss({ open: { db, channel }, platform }: Needs, vanished: boolean) {
  if (vanished) platform.mirror.write('')
  await withReopen(db, () => mendStanding(db, { notice: undefined })).catch(() => undefined)
  channel.tell({ topic: 'identity' })
}

/** Keeps the status of this tab up to date, whichever tab leads. */
export function watchStatus(needs: Needs): StatusWatch {
  const { open, platform } = needs
  let facts = firstFacts(needs)
  const status = createValue(statusOf(facts))
  let [busy, again] = [false, false]
  let mirrored = ''

  function change(part: Partial<Facts>) {
    facts = { ...facts, ...part }
    const next = statusOf(facts)
    if (JSON.stringify(next) !== JSON.stringify(status.get())) status.set(next)
  }

  /** So that the loss of the database can be noticed later. */
  function mirror() {
    if (!facts.identity) return
    const text = JSON.stringify({ install: facts.identity.install, logged: facts.counts.logged })
    if (text !== mirrored) platform.mirror.write(text)
    mirrored = text
  }

  async function refresh() {
    again = true
    if (busy) return
    busy = true
    while (again) {
      again = false
      const read = await readFacts(needs).catch(() => null)
      if (read) change({ ...read, counts: newest(facts.counts, read.counts) })
      mirror()
    }
    busy = false
  }

  /** A tap costs no reading: the note says how far the counter is. */
  function logged(n: number) {
    change({ counts: { ...facts.counts, logged: Math.max(n, facts.counts.logged) } })
    mirror()
  }

  function hear(note: Note) {
    if (note.topic === 'beat') change({ pulse: note })
    else if (note.topic === 'own' && note.n > 0) logged(note.n)
    // Then a pull changes nothing that is told here.
    else if (note.topic === 'pulled' && facts.firstSyncDone) return
    else if (note.topic !== 'now' && note.topic !== 'call') void refresh()
  }

  async function askStorage() {
    const [persisted, estimate] = await Promise.all([platform.storage.persist(), platform.storage.estimate()])
    change({ persisted, estimate })
  }

  const ends = [
    open.channel.listen(hear),
    platform.surroundings.listen(() => change({ online: platform.surroundings.online() })),
  ]
  const problem = open.problem.subscribe((storeProblem) => change({ storeProblem }))
  void refresh()
  return {
    status,
    unsent: () => status.get().waiting,
    askStorage,
    dismiss: () => dismiss(needs, facts.vanished),
    stop: () => {
      problem.unsubscribe()
      for (const end of ends) end()
    },
  }
}
