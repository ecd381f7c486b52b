import { calculateJwkThumbprint } from 'jose'
import type { Enrolled, RenewRequest } from '../../protocol/api.ts'
import type { InstallRow } from '../storage/rows.ts'
import { newInstall, type Enrolment } from './enrolment.ts'
import { done, refused, type Outcome } from './outcome.ts'

/**
 * An install that forked takes a new id and key, signed for with the old key ([FO2]). The old one stays known: its
 * other copy may still send. The same request again gets the same answer. `now`: ms.
 */
export async function renew(
  { storage, centre }: Pick<Enrolment, 'storage' | 'centre'>,
  old: InstallRow,
  request: RenewRequest,
  now: number,
): Promise<Outcome<Enrolled>> {
  const { member, community, device } = old
  if (!community) return refused('not-permitted')
  const thumbprint = await calculateJwkThumbprint(request.key)
  const taken = await storage.write(async (tx): Promise<Outcome<null>> => {
    const found = await tx.installs([old.id, request.install])
    const [before, there] = [old.id, request.install].map((id) => found.find((row) => row.id === id))
    // It may have been shut out while this waited, which a renewal must not undo.
    if (before?.status === 'revoked') return refused('install-revoked')
    if (there) return (await same(there, old, thumbprint)) ? done(null) : refused('bad-request')
    await tx.insertInstall(newInstall({ ...request, member, community, device }, now))
    await tx.updateInstall(old.id, { status: 'renewed', renewedTo: request.install })
    return done(null)
  })
  if (!taken.ok) return taken
  return done({ install: request.install, member, community, ...centre, time: now })
}

const same = async (there: InstallRow, old: InstallRow, thumbprint: string): Promise<boolean> =>
  there.member === old.member && (await calculateJwkThumbprint(there.key)) === thumbprint
