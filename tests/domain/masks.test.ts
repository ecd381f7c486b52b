import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskName, maskPhone } from '../../src/domain/masks.ts'

it('masks as formats say', () => {
  expect(maskName('张三丰')).toBe('张*')
  expect(maskName('𠮷田')).toBe('𠮷*')
  expect(maskName('  ')).toBe('')
  expect(maskPhone('138 0013 8000')).toBe('138****8000')
  expect(maskPhone('+86 13800138000')).toBe('138****8000')
  expect(maskPhone('12345')).toBe('****45')
})

it('a masked name masked again is the same, so masks can be applied twice', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(maskName(maskName(name))).toBe(maskName(name))
    }),
  )
})

it('a masked phone never holds more than seven of its digits', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\+?\d{5,15}$/), (phone) => {
      expect(maskPhone(phone).replace(/\D/g, '').length).toBeLessThanOrEqual(7)
    }),
  )
})
