import type { DBCore, DBCoreMutateRequest, Middleware } from 'dexie'
import type { GatepostDb } from '../../src/client/store/database.ts'

/** What happens to the next write: it fails before or after it was done. */
export interface Fault {
  when: 'before' | 'after'
  error: Error
}

/** A database whose next writes go wrong, in the order given. Closes it; the next use opens it again. */
export function failWrites(db: GatepostDb, faults: Fault[]): void {
  const middleware: Middleware<DBCore> = {
    stack: 'dbcore',
    name: 'faults',
    create: (core) => ({
      ...core,
      table: (name) => {
        const table = core.table(name)
        return {
          ...table,
          async mutate(request: DBCoreMutateRequest) {
            const fault = faults.shift()
            if (fault?.when === 'before') throw fault.error
            const done = await table.mutate(request)
            if (fault) throw fault.error
            return done
          },
        }
      },
    }),
  }
  db.close({ disableAutoOpen: false })
  db.use(middleware)
}

export const named = (name: string, message = ''): DOMException => new DOMException(message, name)
