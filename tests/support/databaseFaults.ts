import { IDBTransaction } from 'fake-indexeddb'
import type { GatepostDb } from '../../src/client/store/database.ts'

/**
 * What happens to the next save of facts: it fails before it was begun, within its transaction (which the browser
 * takes back), or after it was done.
 */
export interface Fault {
  when: 'before' | 'within' | 'after'
  error: Error
}

/** The browser gives a transaction up in place of its end. */
function giveUp(error: Error): () => void {
  const commit = IDBTransaction.prototype.commit
  IDBTransaction.prototype.commit = function (this: IDBTransaction) {
    Object.defineProperty(this, 'error', { get: () => error, set: () => {} })
    this.abort()
  }
  return () => {
    IDBTransaction.prototype.commit = commit
  }
}

/** A database whose next saves go wrong, in the order given. */
export function failWrites(db: GatepostDb, faults: Fault[]): void {
  const add = db.addOwn.bind(db)
  db.addOwn = async (rows, install) => {
    const fault = faults.shift()
    if (fault?.when === 'before') throw fault.error
    const heal = fault?.when === 'within' ? giveUp(fault.error) : () => undefined
    const n = await add(rows, install).finally(heal)
    if (fault) throw fault.error
    return n
  }
}

export const named = (name: string, message = ''): DOMException => new DOMException(message, name)
