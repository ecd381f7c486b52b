import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBase45, toBase45 } from '../../../src/domain/formats/base45.ts'

const bytesOf = (text: string) => new Uint8Array([...text].map((c) => c.charCodeAt(0)))

describe('base45 (RFC 9285)', () => {
  it('knows the examples of the standard', () => {
    expect(toBase45(bytesOf('ietf!'))).toBe('QED8WEX0')
    expect(fromBase45('QED8WEX0')).toEqual(bytesOf('ietf!'))
    expect(toBase45(bytesOf('AB'))).toBe('BB8')
  })

  it('refuses what is none', () => {
    for (const text of ['GGW', 'A', 'AAAA', 'ab8', '::', ':::', 'B,8']) expect(fromBase45(text)).toBeNull()
  })

  it('reads what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromBase45(toBase45(bytes))).toEqual(bytes)
      }),
    )
  })
})
