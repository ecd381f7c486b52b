import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { posterText, readCodeText, readTypedCode } from '../../../../src/domain/rules/duty/codeText.ts'
import { groupedCode, makeShortCode } from '../../../../src/domain/rules/duty/shortCode.ts'

const codes = fc.uint8Array({ minLength: 7, maxLength: 7 }).map(makeShortCode)
const origins = fc.constantFrom('https://gate.example', 'http://localhost:8080', 'https://10.0.0.7:8443')

describe('the text of a code', () => {
  it('of a poster leads to its short code, scanned or typed by a scanner, whatever the address', () => {
    fc.assert(
      fc.property(codes, origins, (code, origin) => {
        const text = posterText(origin, code)
        for (const seen of [text, `${text}/`, ` ${text}?x=1`, text.toUpperCase(), text.toLowerCase()])
          expect([readCodeText(seen), readTypedCode(seen)]).toEqual([
            { is: 'poster', code },
            { is: 'poster', code },
          ])
      }),
    )
  })

  it('typed by hand is read in groups, and a slip is told as one', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(readTypedCode(groupedCode(code))).toEqual({ is: 'poster', code })
        const slip = (code[0] === '2' ? '3' : '2') + code.slice(1)
        expect(readTypedCode(slip)).toEqual({ is: 'mistyped' })
      }),
    )
  })

  it('of anything else is something else', () => {
    const others = ['', 'https://code.example/42', 'https://x/p/', 'GP:H:1', 'WIFI:S:x;;', 'https://x/p/%']
    expect(others.map((text) => readCodeText(text).is)).toEqual([...Array(5).fill('other'), 'poster'])
    expect(readCodeText('GP:R:ABC')).toEqual({ is: 'rotating', text: 'GP:R:ABC' })
    expect(readCodeText('GP:C:ABC')).toEqual({ is: 'card', text: 'GP:C:ABC' })
    expect(readTypedCode('hello')).toEqual({ is: 'other' })
  })
})
