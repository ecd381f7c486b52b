import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import fc from 'fast-check'
import { parse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { PublicJwk } from '../../../src/protocol/api.ts'
import { readToken } from '../../../src/server/auth/token.ts'

const now = 1_800_000_000_000
const second = now / 1000
const mine = await generateKeyPair('ES256')
const other = await generateKeyPair('ES256')
const key = parse(PublicJwk, await exportJWK(mine.publicKey))

interface Claims {
  iat?: number
  exp?: number
  iss?: string
  aud?: string
}
const token = ({ iat = second, exp = iat + 60, iss = 'me', aud = 'gatepost' }: Claims = {}, by = mine) =>
  new SignJWT({ iat, exp, iss, aud }).setProtectedHeader({ alg: 'ES256' }).sign(by.privateKey)

const read = async (header: string | undefined) => {
  const answer = await readToken(header, now, async (id) => (id === 'me' ? { id, key } : null))
  return answer.ok ? answer.install.id : answer.problem
}
const bearer = async (claims?: Claims, by?: typeof mine) => `Bearer ${await token(claims, by)}`

describe('[AU1] a token', () => {
  it('signed by the install’s key is its own', async () => {
    expect(await read(await bearer())).toBe('me')
  })

  it.each([undefined, '', 'Basic bWU6bWU=', 'Bearer', `Bearer ${'x'.repeat(3000)}`])(
    'that is missing is said to be missing: %s',
    async (header) => {
      expect(await read(header)).toBe('token-missing')
    },
  )

  it('of another key, for another audience, or living longer than 300 s is invalid', async () => {
    expect(await read(await bearer({}, other))).toBe('token-invalid')
    expect(await read(await bearer({ aud: 'elsewhere' }))).toBe('token-invalid')
    expect(await read(await bearer({ exp: second + 301 }))).toBe('token-invalid')
    expect(await read(await bearer({ exp: second - 1 }))).toBe('token-invalid')
  })

  it('that nobody signed is invalid', async () => {
    const unsigned = new UnsecuredJWT({ iss: 'me', aud: 'gatepost', iat: second, exp: second + 60 }).encode()
    expect(await read(`Bearer ${unsigned}`)).toBe('token-invalid')
  })

  it('of an install that was never here is unknown', async () => {
    expect(await read(await bearer({ iss: 'somebody' }))).toBe('install-unknown')
  })

  it('is never believed and never breaks anything, whatever it is made of', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: fc.constantFrom(...'aeyJ.0_-') }), async (text) => {
        expect(['token-missing', 'token-invalid']).toContain(await read(`Bearer ${text}`))
      }),
    )
  })
})

describe('[AU2] a token’s time', () => {
  const life = 240

  it.each([-life - 60, -life, -61, 0, 60])('made %d s from the centre’s time is good', async (off) => {
    expect(await read(await bearer({ iat: second + off, exp: second + off + life }))).toBe('me')
  })

  it.each([-life - 61, 61, -86_400, 365 * 86_400, -50 * 365 * 86_400])(
    'made %d s off is answered by `clock` (failure mode 31)',
    async (off) => {
      expect(await read(await bearer({ iat: second + off, exp: second + off + life }))).toBe('clock')
    },
  )

  it('is judged after the signature: a stranger learns nothing', async () => {
    expect(await read(await bearer({ iat: second - 500 }, other))).toBe('token-invalid')
  })
})
