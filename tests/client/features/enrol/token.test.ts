import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tokenFrom } from '../../../../src/client/features/enrol/token.ts'

const alphabet = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_']
const secrets = fc
  .array(fc.constantFrom(...alphabet), { minLength: 22, maxLength: 64 })
  .map((letters) => letters.join(''))

describe('the secret of an invitation', () => {
  it('comes out of the bare secret, of a link, and of a link amid other words', () => {
    fc.assert(
      fc.property(secrets, (secret) => {
        expect(tokenFrom(`  ${secret}\n`)).toBe(secret)
        expect(tokenFrom(`https://gate.example/join#${secret}`)).toBe(secret)
        expect(tokenFrom(`https://192.168.1.9:8443/join?from=group#${secret}`)).toBe(secret)
        expect(tokenFrom(`请点：http://gate.example/join#${secret} （十分钟有效）`)).toBe(secret)
      }),
    )
  })

  it('is not found in what is none', () => {
    expect(tokenFrom('')).toBe(null)
    expect(tokenFrom('https://gate.example/join')).toBe(null)
    expect(tokenFrom('https://gate.example/join#short')).toBe(null)
    expect(tokenFrom(`https://gate.example/join#${'a'.repeat(65)}`)).toBe(null)
    expect(tokenFrom('hello, this is not an invitation at all')).toBe(null)
  })
})
