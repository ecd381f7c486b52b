import type { LogbookId } from '../../../domain/ids.ts'
import type { EntryRow } from '../../storage/rows.ts'

/** Which rows of the logbooks some page tells of: a bit for each order number, so that ten million fit into 1.3 MB. */
export class Seen {
  readonly #books = new Map<LogbookId, Uint8Array>()
  readonly #heads: ReadonlyMap<LogbookId, number>

  /** `heads` as they stood at the beginning: what came later is not looked at. */
  constructor(heads: ReadonlyMap<LogbookId, number>) {
    this.#heads = heads
    for (const [id, head] of heads) this.#books.set(id, new Uint8Array((head >> 3) + 1))
  }

  add(rows: readonly EntryRow[]): void {
    for (const { logbook, seq } of rows) {
      const bits = this.#books.get(logbook)
      if (bits && seq >= 1 && seq <= (this.#heads.get(logbook) ?? 0)) {
        const at = seq >> 3
        bits[at] = (bits[at] ?? 0) | (1 << (seq & 7))
      }
    }
  }

  /** The first order number of a logbook that no page tells of; null: there is none. */
  firstMissing(logbook: LogbookId): number | null {
    const bits = this.#books.get(logbook)
    const head = this.#heads.get(logbook) ?? 0
    for (let seq = 1; seq <= head; seq++) if (!((bits?.[seq >> 3] ?? 0) & (1 << (seq & 7)))) return seq
    return null
  }
}
