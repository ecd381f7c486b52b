import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  groupedCode,
  makeShortCode,
  plainCode,
  readShortCode,
} from '../../../../src/domain/rules/duty/shortCode.ts'

const codes = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(makeShortCode)
const symbols = fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ')

describe('short codes', () => {
  it('are read as they are printed, grouped, in lower case, full width or with look-alikes', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const typed = [code, groupedCode(code), code.toLowerCase(), `${code.slice(0, 3)}-${code.slice(3)}`]
        typed.push(code.replaceAll('0', 'o').replaceAll('1', 'l'), code.replaceAll('1', 'I'))
        typed.push([...code].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(''))
        for (const text of typed) expect(readShortCode(text)).toBe(code)
        expect(code).toMatch(/^[0-9A-Z]{8}$/)
      }),
    )
  })

  it('tell every single mistyped symbol', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), symbols, (code, at, symbol) => {
        fc.pre(code[at] !== symbol)
        expect(readShortCode(code.slice(0, at) + symbol + code.slice(at + 1))).toBeNull()
      }),
    )
  })

  it('tell any two neighbours that changed places', () => {
    fc.assert(
      fc.property(codes, fc.nat(6), (code, at) => {
        fc.pre(code[at] !== code[at + 1])
        const swapped = code.slice(0, at) + code[at + 1] + code[at] + code.slice(at + 2)
        expect(readShortCode(swapped)).toBeNull()
      }),
    )
  })

  it('are nothing where the length or a symbol is wrong', () => {
    for (const text of ['', '0', '00000000 0', '0000-000', 'UUUUUUUU', '东门'])
      expect(readShortCode(text)).toBeNull()
    expect(plainCode(' ab o1 ')).toBe('AB01')
  })
})
