import type { InstallRow, PageRow } from '../../storage/rows.ts'
import type { Reads } from '../../storage/storage.ts'
import type { Finding } from './findings.ts'
import { flawOfHeader, flawOfLines, type Flaw } from './page.ts'
import { PageRows } from './rows.ts'
import type { Seen } from './seen.ts'

/** Pages looked at together. */
const chunk = 100

export interface InstallVerdict {
  pages: number
  entries: number
  /** The first thing that is wrong, by page. */
  finding: Finding | null
  /** Numbers of pages that are not there; of several in a row the first. */
  gaps: number[]
}

/** Walks an install's pages from the first to the last and stops at nothing: what is wrong first is told. */
export async function verifyInstall(reads: Reads, install: InstallRow, seen: Seen): Promise<InstallVerdict> {
  const verdict: InstallVerdict = { pages: 0, entries: 0, finding: null, gaps: [] }
  const rows = new PageRows(reads, install.id)
  let before: PageRow[] = []
  let [last, received] = [0, 0]
  for (let more = true; more;) {
    const numbers = await reads.pageNumbers(install.id, last, chunk)
    const pages = Map.groupBy(await reads.pages(install.id, numbers), ({ page }) => page)
    for (const number of numbers) {
      if (number > last + 1) {
        verdict.gaps.push(last + 1)
        before = []
      }
      const here = pages.get(number) ?? []
      for (const page of here) {
        const flaw = await flawOf(page, install, before, rows, seen)
        if (flaw) verdict.finding ??= { ...flaw, install: install.id, page: number }
        verdict.pages++
        received += page.count
      }
      before = here
      last = number
    }
    more = numbers.length === chunk
  }
  verdict.entries = received
  // The count is raised with every page: a page that was taken out of the database leaves it too high.
  if (received < install.received)
    verdict.finding ??= { wrong: 'missing', install: install.id, page: verdict.gaps[0] ?? last + 1 }
  return verdict
}

async function flawOf(
  page: PageRow,
  install: InstallRow,
  before: readonly PageRow[],
  rows: PageRows,
  seen: Seen,
): Promise<Flaw | null> {
  const aside = await rows.aside(page)
  const entries = await rows.entries(page, aside)
  seen.add(entries)
  const flaw =
    flawOfHeader(page, install) ?? flawOfChain(page, before) ?? flawOfLines({ page, entries, aside })
  if (flaw?.wrong !== 'missing' || flaw.n === undefined) return flaw
  return (await rows.isElsewhere(page, flaw.n)) ? { ...flaw, wrong: 'reordered' } : flaw
}

/** A fork was told of when it came, and is no flaw of the database ([FO1]). */
function flawOfChain(page: PageRow, before: readonly PageRow[]): Flaw | null {
  if (page.outcome.status === 'forked' || (page.page > 1 && before.length === 0)) return null
  const follows = page.page === 1 ? page.prev === '' : before.some(({ hash }) => hash === page.prev)
  return follows ? null : { wrong: 'broken' }
}
