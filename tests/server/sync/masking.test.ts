import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutField, readMask, writeMask } from '../../../src/server/sync/masking.ts'

it('null where nothing differs', () => expect(writeMask('same', 'same')).toBeNull())

it('keeps only what differs', () => {
  expect(writeMask('{"name":"王小明","n":1}', '{"name":"王*","n":1}')).toBe('10,8,*')
})

it('never cuts a character in two', () => {
  const mask = writeMask('a𠮷b', 'a𠮸b')
  expect(mask?.isWellFormed()).toBe(true)
  expect(readMask('a𠮷b', mask ?? '')).toBe('a𠮸b')
})

const text = fc.string({ unit: fc.constantFrom('a', 'b', ',', '𠮷', '𠮸', '王', '"', '1') })

it('gives back any masked line, as well-formed text', () => {
  fc.assert(
    fc.property(text, text, (line, masked) => {
      const mask = writeMask(line, masked)
      expect(mask === null ? line : readMask(line, mask)).toBe(masked)
      expect(mask?.isWellFormed() ?? true).toBe(true)
    }),
  )
})

it('finds the one field that is masked, without writing the line out', () => {
  const line = '{"how":"name","body":{"way":"in","name":"王小明","n":1}}'
  const body = { way: 'in', name: '王小明', n: 1 }
  expect(cutField(line, body, { ...body, name: '王*' })).toBe('40,8,"王*"')
})

it.each([
  ['a field of the same name elsewhere', '{"name":"王","body":{"name":"王"}}', { name: '王' }],
  [
    'an escape, behind which anything may stand',
    '{"other":{"name":"王"},"body":{"n\\u0061me":"王"}}',
    { name: '王' },
  ],
  ['a name that is written twice', '{"body":{"name":"李","name" : "王"}}', { name: '王' }],
  ['a number', '{"body":{"name":7}}', { name: 7 }],
])('leaves it to the comparison where there is %s', (_, line, body) => {
  expect(cutField(line, body, { name: '*' })).toBeNull()
})

const name = fc.constantFrom('name', 'how', 'a"b', 'n')
const value = fc.oneof(fc.constantFrom('name', 'a', '王', '"name":"a"', '\\', ''), fc.integer({ max: 2 }))
const body = fc.dictionary(name, fc.oneof(value, fc.dictionary(name, value, { maxKeys: 2 })))

it('shows the masked body and leaves the rest, whatever the line looks like', () => {
  const spaces = fc.constantFrom(0, 1, ' ', '\t')
  fc.assert(
    fc.property(body, body, name, spaces, (content, other, field, indent) => {
      const masked = { ...content, [field]: '*' }
      const entry = { other, body: content }
      const line = JSON.stringify(entry, null, indent)
      const mask = cutField(line, content, masked)
      if (mask !== null) expect(JSON.parse(readMask(line, mask))).toEqual({ other, body: masked })
    }),
  )
})
