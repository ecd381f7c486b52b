import { expect, it } from 'vitest'
import { serves } from '../../scripts/lib/serves.mjs'

it.each([
  [true, ''],
  [true, 'serve'],
  [true, '--lan'],
  [true, '--data backup --port 8080'],
  [true, '--port=8080 serve'],
  [false, 'backup copy.db'],
  [false, '--data d verify'],
  [false, '--data=d recount fix'],
  [false, 'person erase 王'],
  [false, '--setup'],
  [false, '--data d --version'],
  [false, '-h'],
])('that it serves is %s of “%s”', (expected, line) => {
  expect(serves(line.split(' ').filter(Boolean))).toBe(expected)
})
