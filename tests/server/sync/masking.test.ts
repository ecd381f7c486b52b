import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readMask, writeMask } from '../../../src/server/sync/masking.ts'

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
