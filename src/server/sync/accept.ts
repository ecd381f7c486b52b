import type { InstallId } from '../../domain/ids.ts'
import { spokenVersions } from '../../protocol/version.ts'
import { done, refused, type Outcome } from './outcome.ts'
import type { LogbookRow } from '../storage/rows.ts'
import type { Heard, Transaction } from '../storage/storage.ts'
import { arrivalOf, type Arrival, type Arrived } from './arrival.ts'
import { arrive } from './arrive.ts'
import { InstallGone, type Senders } from './senders.ts'
import { areGenuine } from './signing.ts'
import { Tally } from './tallying.ts'
import { type CamePage } from './wirePages.ts'

/** What the phone said about itself beside its pages; null = nothing. */
export interface Told {
  /** Device time when sent, ms. */
  sentAt: number | null
  unsent: number | null
  app: string | null
}

/** Pages of one request, read and verified, waiting for their transaction. */
export interface Push {
  install: InstallId
  arrivals: readonly Arrival[]
  told: Told
  received: number
}

/** What was stored of a push; `heads` as they stood when its transaction was written. */
export interface Pushed {
  install: string
  pages: readonly Arrived[]
  heads: Readonly<Record<string, number>>
}

export const entriesIn = ({ arrivals }: Push): number =>
  arrivals.reduce((sum, { page }) => sum + page.lines.length, 0)

/** Writes what the pushes of a transaction count together: many add to the same hours. */
export async function storeCounts(tx: Transaction, pushes: readonly Pushed[]): Promise<void> {
  const sum = new Tally()
  for (const { pages } of pushes) for (const { counts } of pages) for (const row of counts) sum.add(row, 1)
  await tx.addTallies(sum.rows())
}

/** Makes sure of who sent what was read of a request, null where no pages; nothing is stored yet ([PU1], [PU5]). */
export async function readPush(
  senders: Pick<Senders, 'get'>,
  pages: readonly CamePage[] | null,
  told: Told,
  now: number,
): Promise<Outcome<Push>> {
  const [first] = pages ?? []
  if (!pages || !first) return refused('page-unreadable')
  if (pages.some((page) => !spokenVersions.includes(page.header.v))) return refused('version-unsupported')
  if (pages.some((page) => page.header.install !== first.header.install)) return refused('bad-request')
  const sender = await senders.get(first.header.install)
  if (!sender || sender.centre) return refused('install-unknown')
  if (!(await areGenuine(pages, sender.key))) return refused('signature-invalid')
  const arrivalOff = told.sentAt === null ? null : now - told.sentAt
  const arrivals = pages.map((page) => arrivalOf({ page, received: now, arrivalOff }))
  return done({ install: sender.id, arrivals, told, received: now })
}

/** Stores the pages of a push within a transaction that others may share. */
export async function storePush(tx: Transaction, push: Push): Promise<Pushed> {
  // As it stands now: it may have been revoked while the push waited.
  const install = await tx.install(push.install)
  if (!install) throw new InstallGone(push.install)
  const pages: Arrived[] = []
  for (const arrival of push.arrivals) pages.push(await arrive(tx, arrival, install))
  const pushed = { install: install.id, pages, heads: {} }
  await noteHeard(tx, [push], [pushed])
  const touched = await tx.logbooks([...new Set(pages.flatMap((page) => page.logbooks))])
  return { ...pushed, heads: headsOf(pushed, new Map(touched.map((row) => [row.id, row]))) }
}

/** Where the logbooks that a push touches stand now. */
export const headsOf = (
  { pages }: Pushed,
  logbooks: ReadonlyMap<string, LogbookRow>,
): Record<string, number> =>
  Object.fromEntries(
    pages
      .flatMap((page) => page.logbooks)
      .flatMap((id) => {
        const row = logbooks.get(id)
        return row ? [[id, row.head]] : []
      }),
  )

/** A phone counts what a push carries among what it holds: with the receipt it holds that much less. */
const heldAfter = (unsent: number, pages: readonly Arrived[]): number => {
  const settled = pages.filter(({ receipt }) => receipt.status !== 'forked')
  return Math.max(0, unsent - settled.reduce((sum, { entries }) => sum + entries, 0))
}

/** Notes what phones said of themselves, and how much came of each; `done` in the order of `pushes`. */
export async function noteHeard(
  tx: Transaction,
  pushes: readonly Push[],
  done: readonly Pushed[],
): Promise<void> {
  const heard = new Map<string, Heard>()
  for (const [i, { install, received, told }] of pushes.entries()) {
    const { unsent, app } = told
    const before = heard.get(install)
    const pages = done[i]?.pages ?? []
    const fresh = pages.reduce((sum, page) => sum + page.fresh, 0)
    heard.set(install, {
      install,
      lastHeard: received,
      fresh: fresh + (before?.fresh ?? 0),
      unsent: unsent === null ? (before?.unsent ?? null) : heldAfter(unsent, pages),
      app: app ?? before?.app ?? null,
    })
  }
  await tx.noteHeard([...heard.values()])
}
