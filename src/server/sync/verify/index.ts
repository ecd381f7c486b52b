import type { EntryRow, LogbookRow } from '../../storage/rows.ts'
import type { Reads } from '../../storage/storage.ts'
import { digestAt, isKept } from '../digests.ts'
import { digestOf } from '../signing.ts'
import type { LogbookFinding, Verdict } from './findings.ts'
import { verifyInstall } from './install.ts'
import { Seen } from './seen.ts'

export type { Finding, LogbookFinding, Verdict } from './findings.ts'

/** Installs looked up at a time. */
const chunk = 200

/**
 * Follows every install's chain of pages and every entry to its page ([PG3], [PG4]), also beside a running server: what
 * comes after the beginning is not looked at. Erased bodies break nothing: their digests are left.
 */
export async function verify(reads: Reads): Promise<Verdict> {
  const logbooks = await allLogbooks(reads)
  const seen = new Seen(new Map(logbooks.map(({ id, head }) => [id, head])))
  const verdict: Verdict = { installs: 0, pages: 0, entries: 0, findings: [], awaited: [] }
  for (let after = '', more = true; more;) {
    const installs = await reads.installsAfter(after, chunk)
    for (const install of installs) {
      const { finding, gaps, pages, entries } = await verifyInstall(reads, install, seen)
      if (finding) verdict.findings.push(finding)
      else verdict.awaited.push(...gaps.map((page) => ({ install: install.id, page })))
      verdict.installs++
      verdict.pages += pages
      verdict.entries += entries
    }
    after = installs.at(-1)?.id ?? after
    more = installs.length === chunk
  }
  for (const logbook of logbooks) verdict.findings.push(...(await flawOfLogbook(reads, logbook, seen)))
  return verdict
}

async function allLogbooks(reads: Reads): Promise<LogbookRow[]> {
  const found = new Map<string, LogbookRow>()
  for (const community of await reads.communities())
    for (const row of await reads.logbooksUnder([community])) found.set(row.id, row)
  return [...found.values()]
}

/** Order numbers have no gap, and each belongs to an entry that some page brought. */
async function flawOfLogbook(reads: Reads, { id, head }: LogbookRow, seen: Seen): Promise<LogbookFinding[]> {
  const [beyond] = await reads.entries({ logbook: id, after: head, limit: 1 })
  const fresh = (await reads.logbook(id))?.head ?? head
  if (beyond && beyond.seq > fresh) return [{ wrong: 'unfounded', logbook: id, seq: beyond.seq }]
  for (let seq = seen.firstMissing(id); seq !== null; seq = seen.firstMissing(id)) {
    const [row] = await reads.entries({ logbook: id, after: seq - 1, limit: 1 })
    if (row?.seq !== seq) return [{ wrong: 'missing', logbook: id, seq }]
    if (!(await isFounded(reads, row))) return [{ wrong: 'unfounded', logbook: id, seq }]
    seen.add([row])
  }
  return []
}

/** What was put aside, taken later, and forgotten in the quarantine is known by its page's digests only. */
async function isFounded(reads: Reads, row: EntryRow): Promise<boolean> {
  const digest = row.digest ?? digestOf(row.line ?? '')
  return (await reads.pages(row.install, [row.page])).some(({ digests, first }) => {
    const kept = digestAt(digests, row.n - first)
    return kept !== null && isKept(kept, digest)
  })
}
