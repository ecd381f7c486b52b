import { expect, it } from 'vitest'
import { typed } from '../../../src/server/storage/postgres/errors.ts'

it.each([
  ['08006', 'io'],
  ['53100', 'full'],
  ['25006', 'read-only'],
  ['57P01', 'io'],
  ['40P01', 'busy'],
  ['53300', 'busy'],
  ['ECONNREFUSED', 'io'],
])('%s means: %s', (code, reason) => {
  expect(typed(Object.assign(new Error('x'), { code }))).toMatchObject({ name: 'StorageUnavailable', reason })
})

it('what is no trouble of the storage stays what it is', () => {
  const error = Object.assign(new Error('duplicate key value violates unique constraint'), { code: '23505' })
  expect(typed(error)).toBe(error)
})
