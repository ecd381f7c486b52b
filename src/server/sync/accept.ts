import { readPages, type WirePage } from '../../protocol/page.ts'
import { spokenVersions } from '../../protocol/version.ts'
import { done, refused, type Outcome } from './outcome.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { arrive, type Arrival, type Arrived } from './arrive.ts'
import { isGenuine } from './signing.ts'
import { Tally } from './tallying.ts'

/** What the phone said about itself beside its pages; null = nothing. */
export interface Told {
  /** Device time when sent, ms. */
  sentAt: number | null
  unsent: number | null
  app: string | null
}

/** Pages of one request, read and verified, waiting for their transaction. */
export interface Push {
  install: InstallRow
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

/** Reads a request and makes sure of who sent it; nothing is stored yet ([PU1], [PU5]). */
export async function readPush(
  storage: Storage,
  text: string,
  told: Told,
  now: number,
): Promise<Outcome<Push>> {
  const pages = readPages(text)
  const [first] = pages ?? []
  if (!pages || !first) return refused('page-unreadable')
  if (pages.some((page) => !spokenVersions.includes(page.header.v))) return refused('version-unsupported')
  if (pages.some((page) => page.header.install !== first.header.install)) return refused('bad-request')
  const install = await storage.install(first.header.install)
  if (!install || install.centre) return refused('install-unknown')
  if (!pages.every((page) => isGenuine(page, install.key))) return refused('signature-invalid')
  const arrivalOff = told.sentAt === null ? null : now - told.sentAt
  const arrivals = pages.map((page: WirePage) => ({ install, page, received: now, arrivalOff }))
  return done({ install, arrivals, told, received: now })
}

/** Stores the pages of a push within a transaction that others may share. */
export async function storePush(tx: Transaction, push: Push): Promise<Pushed> {
  // Read again inside: it may have been revoked while the push waited.
  const install = (await tx.install(push.install.id)) ?? push.install
  const pages: Arrived[] = []
  for (const arrival of push.arrivals) pages.push(await arrive(tx, { ...arrival, install }))
  const { unsent, app } = push.told
  await tx.updateInstall(install.id, {
    lastHeard: push.received,
    ...(unsent === null ? {} : { unsent }),
    ...(app === null ? {} : { app }),
  })
  const touched = await tx.logbooks([...new Set(pages.flatMap((page) => page.logbooks))])
  return { install: install.id, pages, heads: Object.fromEntries(touched.map((row) => [row.id, row.head])) }
}
