import * as v from 'valibot'
import { Enrolled, paths, type PublicJwk } from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import { makeKeyPair } from '../platform/crypto.ts'
import { toText } from '../platform/encoding.ts'
import { getMeta, getMetas, putMeta, type GatepostDb } from '../store/database.ts'
import { become } from '../store/turns.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'

/** A new key is on disk before anybody hears of it. Throws DataCloneError where the browser can't keep keys. */
export async function makeInstall(db: GatepostDb, install: string): Promise<PublicJwk> {
  const had = await db.keys.get(install)
  if (had) return had.publicJwk
  const { privateKey, publicJwk } = await makeKeyPair()
  await db.keys.put({ install, privateKey, publicJwk })
  return publicJwk
}

export const readEnrolled = (bytes: Uint8Array): Enrolled | null => {
  const enrolled = v.safeParse(Enrolled, parseJson(toText(bytes)))
  return enrolled.success ? enrolled.output : null
}

/**
 * [FO2]: new id, new key, signed for with the old one. The id is kept until the answer has come, so that a lost
 * answer leads to the same install.
 */
export async function renew(
  deps: SyncDeps,
  ask: Ask,
  why: 'storage-lost' | 'renewed',
): Promise<{ ok: true } | Trouble> {
  const { db, channel, identity } = deps.open
  const { renewing, identity: asker } = await getMetas(db, 'renewing', 'identity')
  const install = renewing?.install ?? deps.platform.ids.next()
  await putMeta(db, { renewing: { install } })
  const key = await makeInstall(db, install)
  const body = JSON.stringify({ install, key })
  const headers = { 'content-type': 'application/json' }
  const asked = await ask({ method: 'POST', path: paths.renew, body, headers, signed: true })
  if (!asked.ok) return asked
  const enrolled = readEnrolled(asked.reply.bytes)
  const before = await getMeta(db, 'identity')
  if (!enrolled || enrolled.install !== install) return { ok: false, problem: 'not-gatepost' }
  // Somebody else may have enrolled meanwhile.
  if (!before || before.install !== asker?.install) return { ok: false, problem: 'token-missing' }
  const next = { ...before, install, member: enrolled.member, community: enrolled.community }
  const renewed = await become(db, {
    instead: before.install,
    identity: next,
    centre: { serverKey: enrolled.serverKey, sealKey: enrolled.sealKey, epoch: enrolled.epoch },
    standing: { notice: why },
    unsent: 'reseal',
  })
  if (!renewed) return { ok: false, problem: 'token-missing' }
  identity.set(next)
  channel.tell({ topic: 'identity' })
  channel.tell({ topic: 'sent' })
  return { ok: true }
}
