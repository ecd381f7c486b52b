import type { RxJsonSchema } from 'rxdb'
import type { GateEntry } from '../../lib/gate/entries.ts'

const text = { type: 'string' }

export const schema: RxJsonSchema<GateEntry> = {
  title: 'gate',
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 40 },
    kind: text,
    place: text,
    at: { type: 'integer', minimum: 0, maximum: 4102444800000, multipleOf: 1 },
    direction: text,
    subject: { type: 'object', properties: { type: text, name: text, plate: text, unit: text } },
    temperature: { type: 'number' },
    pass: text,
    decision: text,
    reason: text,
    by: text,
    device: text,
    note: text,
  },
  required: ['id', 'at'],
  indexes: ['at'],
}
