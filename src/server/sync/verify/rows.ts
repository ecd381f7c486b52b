import type { EntryRow, PageRow, QuarantineRow } from '../../storage/rows.ts'
import type { LogReads } from '../../storage/storage.ts'
import { readLine } from '../reading.ts'

/** Finds the entries of an install's pages without looking through everything, where the pages say where they are. */
export class PageRows {
  readonly #reads: LogReads
  readonly #install: string
  #aside: QuarantineRow[] | null = null
  #all: EntryRow[] | null = null

  constructor(reads: LogReads, install: string) {
    this.#reads = reads
    this.#install = install
  }

  async aside(page: PageRow): Promise<QuarantineRow[]> {
    if (page.outcome.entries.every(({ status }) => status === 'duplicate')) return []
    this.#aside ??= await this.#reads.quarantineOf(this.#install)
    return this.#aside.filter(
      (row) => row.page === page.page && row.n >= page.first && row.n < page.first + page.count,
    )
  }

  async entries(page: PageRow, aside: readonly QuarantineRow[]): Promise<EntryRow[]> {
    const { from } = page.outcome
    if (from === undefined) return this.#everything(page)
    const found: EntryRow[] = []
    for (const [logbook, first] of Object.entries(from)) {
      const near = await this.#reads.entries({ logbook, after: first - 1, limit: page.count })
      found.push(...near.filter((row) => row.install === this.#install && row.page === page.page))
    }
    // What was put aside first and taken later stands elsewhere.
    const named = aside.flatMap(({ line, n }) => readLine(line, n).entry ?? [])
    const books = [...new Set(named.map(({ logbook }) => logbook))]
    const later =
      named.length > 0
        ? await this.#reads.entriesById(
            books,
            named.map(({ id }) => id),
          )
        : []
    return [
      ...found,
      ...later.filter((row) => row.install === this.#install && !found.some((one) => one.id === row.id)),
    ]
  }

  /** Is the entry of this page and number there after all, somewhere else? Looks through everything. */
  async isElsewhere(page: PageRow, n: number): Promise<boolean> {
    return (await this.#everything(page)).some((row) => row.n === n)
  }

  /** Of pages from before their places were noted. */
  async #everything({ page, first, count }: PageRow): Promise<EntryRow[]> {
    this.#all ??= await this.#reads.entriesOf(this.#install)
    return this.#all.filter((row) => row.page === page && row.n >= first && row.n < first + count)
  }
}
