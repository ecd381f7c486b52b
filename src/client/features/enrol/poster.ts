import { localMirror } from '../../platform/storage.ts'

/** Beside the database: an invitation is often opened in another tab than the poster. */
const mirror = localMirror('gatepost-poster')
/** Who joins later than this no longer stands before the poster. */
const keptMs = 30 * 60_000

/** Keeps the code of a poster that was opened before this phone was enrolled. `now`: device time, ms. */
export const keepPoster = (code: string, now: number): void => mirror.write(`${now} ${code}`)

/** The code of a poster that was opened a little while ago; null = none. */
export function keptPoster(now: number): string | null {
  const [, at, code] = /^(\d+) ([0-9A-Za-z-]{1,20})$/.exec(mirror.read() ?? '') ?? []
  return code !== undefined && now - Number(at) < keptMs && now >= Number(at) ? code : null
}

export const forgetPoster = (): void => mirror.write('')
