import { decodeJwt, importJWK, jwtVerify } from 'jose'
import type { PublicJwk } from '../../protocol/api.ts'

/** How far a token's life, from `iat` to `exp`, may miss the centre's time on either side ([AU2]). Seconds. */
const clockSlackSeconds = 60
/** Longest life of a token ([AU1]). Seconds. */
const longestSeconds = 300

export type TokenProblem = 'token-missing' | 'token-invalid' | 'install-unknown' | 'clock'
export type TokenAnswer<I> = { ok: true; install: I } | { ok: false; problem: TokenProblem }

interface Keyed {
  key: PublicJwk
}

/**
 * Whose token is it? `authorization` is the header's value, `now` the centre's time in ms. The signature is judged
 * before the time, so that only the holder of a known key learns that its clock is wrong.
 */
export async function readToken<I extends Keyed>(
  authorization: string | undefined,
  now: number,
  installOf: (id: string) => Promise<I | null>,
): Promise<TokenAnswer<I>> {
  const token = /^Bearer ([A-Za-z0-9_.-]{1,2000})$/.exec(authorization ?? '')?.[1]
  if (!token) return { ok: false, problem: 'token-missing' }
  const issuer = issuerOf(token)
  if (!issuer) return { ok: false, problem: 'token-invalid' }
  const install = await installOf(issuer)
  if (!install) return { ok: false, problem: 'install-unknown' }
  const times = await verified(token, issuer, install.key)
  if (!times || times.exp - times.iat > longestSeconds || times.exp < times.iat)
    return { ok: false, problem: 'token-invalid' }
  const second = now / 1000
  const lives = second >= times.iat - clockSlackSeconds && second <= times.exp + clockSlackSeconds
  return lives ? { ok: true, install } : { ok: false, problem: 'clock' }
}

function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null
  } catch {
    return null
  }
}

/** `iat` and `exp` of a token that this key signed; null where it did not. The times are judged by the caller. */
async function verified(token: string, issuer: string, key: PublicJwk) {
  try {
    const { payload } = await jwtVerify(token, await importJWK(key, 'ES256'), {
      algorithms: ['ES256'],
      audience: 'gatepost',
      issuer,
      requiredClaims: ['iat', 'exp'],
      currentDate: new Date((decodeJwt(token).iat ?? 0) * 1000),
    })
    const { iat, exp } = payload
    return iat === undefined || exp === undefined ? null : { iat, exp }
  } catch {
    return null
  }
}
