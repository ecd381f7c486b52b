import { chance, openBytes, phoneKey, pinKey, sealBytes } from '../../platform/vaultCrypto.ts'
import {
  changePin,
  countTry,
  type GuardRow,
  type GuardsDb,
  type KeptLock,
} from '../../store/guards/registry.ts'
import type { PinSet, Refused } from './types.ts'

/** `raw`: the key of the guard's vault. */
type Tried = { is: 'right'; raw: Uint8Array<ArrayBuffer> } | Refused

async function keyOfPhone(registry: GuardsDb): Promise<CryptoKey> {
  const kept = await registry.keys.get('phone')
  if (kept) return kept.key
  const key = await phoneKey()
  await registry.keys.put({ id: 'phone', key })
  return key
}

/** The key of a vault, behind this PIN. */
export async function lockBehind(
  registry: GuardsDb,
  db: string,
  raw: Uint8Array<ArrayBuffer>,
  pin: string,
  rounds: number,
): Promise<KeptLock> {
  const salt = chance(16)
  const opened = await pinKey(pin, salt, rounds, await keyOfPhone(registry))
  return { salt, rounds, locked: await sealBytes(opened, raw, db) }
}

/** One try, counted before its outcome is known. */
export async function tryPin(
  registry: GuardsDb,
  { db, pin: kept, tries }: GuardRow,
  pin: string,
): Promise<Tried> {
  if (!kept) return { is: 'failed' }
  if (!(await countTry(registry, db))) return { is: 'wait', waitMs: tries.waitMs }
  const opened = await pinKey(pin, kept.salt, kept.rounds, await keyOfPhone(registry))
  const raw = await openBytes(opened, kept.locked, db)
  if (raw) return { is: 'right', raw }
  return { is: 'wrong', waitMs: (await registry.guards.get(db))?.tries.waitMs ?? 0 }
}

/** The same key of the same vault behind another PIN: one row is written, so that one of the two always opens it. */
export async function changeLock(
  registry: GuardsDb,
  { db, pin: before }: GuardRow,
  raw: Uint8Array<ArrayBuffer>,
  next: string,
  rounds: number,
): Promise<PinSet> {
  const after = await lockBehind(registry, db, raw, next, rounds)
  return before && (await changePin(registry, db, before, after)) ? 'set' : 'failed'
}
