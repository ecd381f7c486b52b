import type { GateEntry } from '../../lib/gate/entries.ts'

/** PouchDB calls its key `_id`. */
export const document = ({ id, ...rest }: GateEntry): Omit<GateEntry, 'id'> & { _id: string } => ({
  _id: id,
  ...rest,
})
