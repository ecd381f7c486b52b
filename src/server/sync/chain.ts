import type { PageHeader } from '../../protocol/page.ts'
import type { PageRow } from '../storage/rows.ts'

/** How a page fits what the centre has of its install. `near`: the pages of its number and of those beside it. */
export interface Fit {
  /** The same page, when it has come before ([PU3]). */
  again: PageRow | null
  /** Another page of this number is here, or its neighbours belong to another line ([FO1]). */
  forked: boolean
  /** The page before it has not come yet ([PU9]). */
  early: boolean
}

export const neighbours = ({ page }: PageHeader): number[] => [page - 1, page, page + 1]

export function fitOf(header: PageHeader, near: readonly PageRow[]): Fit {
  const here = near.filter((row) => row.page === header.page)
  const before = near.filter((row) => row.page === header.page - 1)
  const after = near.filter((row) => row.page === header.page + 1)
  const again = here.find((row) => row.hash === header.hash) ?? null
  return { again, forked: isFork(header, here, before, after), early: header.page > 1 && before.length === 0 }
}

function isFork(header: PageHeader, here: PageRow[], before: PageRow[], after: PageRow[]): boolean {
  if (here.some((row) => row.hash !== header.hash)) return true
  const parent = before.find((row) => row.hash === header.prev)
  if (before.length > 0 && parent?.outcome.status !== 'stored') return true
  return after.length > 0 && after.every((row) => row.prev !== header.hash)
}
