import { SignJWT } from 'jose'
import type { InstallId } from '../../domain/ids.ts'
import type { SyncDeps } from './deps.ts'

/** A token is good for 300 s at most ([AU1]); a new one is made well before. */
const livesSeconds = 240
const renewedAfterMs = 180_000

export interface Tokens {
  /** A bearer token of the install; null where its key is not on this phone. */
  get(install: InstallId): Promise<string | null>
  /** The centre did not take it. */
  forget(): void
}

export function createTokens({ open, platform }: Pick<SyncDeps, 'open' | 'platform'>): Tokens {
  let held: { install: InstallId; text: string; at: number; offMs: number } | null = null
  let making: { install: InstallId; text: Promise<string | null> } | null = null

  async function make(install: InstallId): Promise<string | null> {
    const key = await open.db.keys.get(install)
    if (!key) return null
    const seconds = Math.floor(open.keeper.corrected() / 1000)
    return new SignJWT()
      .setProtectedHeader({ alg: 'ES256', typ: 'JWT' })
      .setIssuer(install)
      .setAudience('gatepost')
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + livesSeconds)
      .sign(key.privateKey)
  }

  /** Whoever asks while one is being made gets that one. */
  function once(install: InstallId): Promise<string | null> {
    if (making?.install === install) return making.text
    const mine = { install, text: make(install) }
    making = mine
    mine.text
      .finally(() => {
        if (making === mine) making = null
      })
      .catch(() => undefined)
    return mine.text
  }

  return {
    async get(install) {
      const offMs = open.keeper.offset()?.offMs ?? 0
      const at = platform.clock.mono()
      const fresh = held?.install === install && at - held.at < renewedAfterMs
      if (held && fresh && Math.abs(held.offMs - offMs) < 20_000) return held.text
      const text = await once(install)
      held = text === null ? null : { install, text, at, offMs }
      return text
    },
    forget: () => {
      held = null
      making = null
    },
  }
}
