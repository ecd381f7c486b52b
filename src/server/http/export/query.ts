import * as v from 'valibot'
import { Place } from '../../../domain/kinds/place.ts'
import { Post } from '../../../domain/kinds/post.ts'
import { logbookId } from '../../../domain/logbooks.ts'
import type { PlaceId } from '../../../domain/ids.ts'
import { membersOf } from '../../auth/members.ts'
import type { LogReads } from '../../storage/storage.ts'
import { gateFact } from './corrected.ts'
import type { Row } from './columns.ts'
import { exportRow, type RowContext } from './rows.ts'
import { exportWords, type ExportLocale } from './words.ts'

/** Rows looked up at a time. */
const batch = 1000
/** Where a community has not said: all of mainland China keeps one time. */
const defaultZone = 'Asia/Shanghai'

export interface ExportSpan {
  logbook: string
  /** Corrected time in [from, to), ms. */
  from: number
  to: number
}

/** Names and words that the rows of a community's gates need. */
export async function rowContext(
  storage: LogReads,
  community: PlaceId,
  locale: ExportLocale,
): Promise<RowContext> {
  const duty = logbookId('duty', community)
  const home = v.safeParse(
    Place,
    (await storage.record({ logbook: duty, kind: 'place', id: community }))?.body,
  )
  const posts = new Map<string, string>()
  for (const { id, body } of await storage.records(duty, 'post')) {
    const post = v.safeParse(Post, body)
    if (post.success) posts.set(id, post.output.name)
  }
  const members = [...(await membersOf(storage, community))].map(([id, { name }]) => [id, name] as const)
  const zone = home.success ? zoneOf(home.output.zone) : defaultZone
  return { zone, words: exportWords[locale], posts, members: new Map(members) }
}

/** The community's zone, or the usual one where it has none that this machine knows. */
export function zoneOf(zone: string | undefined): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone ?? defaultZone }).resolvedOptions().timeZone
  } catch {
    return defaultZone
  }
}

/** Passages and readings of the span in order of arrival, a batch at a time so that memory stays small. */
export async function* exportRows(
  storage: LogReads,
  { logbook, from, to }: ExportSpan,
  context: RowContext,
): AsyncGenerator<Row[]> {
  const query = { logbook, limit: batch, kinds: ['passage', 'reading'], atFrom: from, atTo: to }
  for (let after = 0, more = true; more;) {
    const entries = await storage.entries({ ...query, after })
    const corrections = await storage.corrections(
      logbook,
      entries.map(({ id }) => id),
    )
    yield entries
      .map((row) =>
        gateFact(
          row,
          corrections.filter(({ target }) => target === row.id),
        ),
      )
      .filter((fact) => fact !== null)
      .map((fact) => exportRow(fact, context))
    more = entries.length === batch
    after = entries.at(-1)?.seq ?? after
  }
}
