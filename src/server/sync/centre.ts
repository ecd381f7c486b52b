import { generateKeyPairSync } from 'node:crypto'
import * as v from 'valibot'
import { PublicJwk, type SealKey } from '../../protocol/api.ts'
import type { InstallRow } from '../storage/rows.ts'
import type { Storage, Transaction } from '../storage/storage.ts'
import { opener, sealKeyOf, type Opener } from './sealing.ts'
import { signer, type PrivateJwk } from './signing.ts'

/** Who the centre is: its epoch, the key of its receipts, and the install that it writes entries with itself. */
export interface Centre {
  epoch: string
  /** Public half of the key that signs receipts. */
  serverKey: PublicJwk
  /** ES256 with the server's key; base64url. */
  sign(text: string): string
  /** Public half of the key that parcels are sealed to, and what opens them ([RL1]). */
  sealKey: SealKey
  open: Opener
  /** The centre's own install, its key and the signature of its pages. */
  install: InstallRow
  signPage(text: string): string
}

const PrivateKey = v.object({ ...PublicJwk.entries, d: v.string() })

/** Reads who the centre is, or settles it at the first start. `newId` makes UUIDv7; `now`: ms. */
export function openCentre(storage: Storage, newId: () => string, now: number): Promise<Centre> {
  return storage.write(async (tx) => {
    const epoch = await kept(tx, 'epoch', newId)
    const receipts = await keptKey(tx, 'server-key')
    const pages = await keptKey(tx, 'centre-key')
    const seal = await keptKey(tx, 'seal-key')
    const id = await kept(tx, 'centre-install', newId)
    const install = (await tx.install(id)) ?? (await addInstall(tx, id, publicHalf(pages), newId(), now))
    return {
      epoch,
      serverKey: publicHalf(receipts),
      sign: signer(receipts),
      sealKey: sealKeyOf(publicHalf(seal)),
      open: opener(seal),
      install,
      signPage: signer(pages),
    }
  })
}

/** Public half of the key that signs receipts and cards, as it was settled at the first start. */
export async function receiptKey(tx: Transaction): Promise<PublicJwk> {
  return publicHalf(v.parse(PrivateKey, JSON.parse((await tx.meta('server-key')) ?? '')))
}

/** After a restore from a backup: phones offer again what they hold, and pull afresh ([EP1], [EP2]). */
export async function raiseEpoch(storage: Storage, newId: () => string): Promise<string> {
  const epoch = newId()
  await storage.write((tx) => tx.setMeta('epoch', epoch))
  return epoch
}

async function kept(tx: Transaction, name: string, make: () => string): Promise<string> {
  const known = await tx.meta(name)
  if (known !== null) return known
  const made = make()
  await tx.setMeta(name, made)
  return made
}

async function keptKey(tx: Transaction, name: string): Promise<PrivateJwk> {
  return v.parse(PrivateKey, JSON.parse(await kept(tx, name, newKey)))
}

const newKey = (): string =>
  JSON.stringify(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }))

const publicHalf = ({ kty, crv, x, y }: PrivateJwk): PublicJwk => ({ kty, crv, x, y })

async function addInstall(
  tx: Transaction,
  id: string,
  key: PublicJwk,
  member: string,
  now: number,
): Promise<InstallRow> {
  const row: InstallRow = {
    id,
    member,
    community: '',
    key,
    device: '',
    enrolled: now,
    lastHeard: null,
    unsent: null,
    received: 0,
    app: null,
    status: 'active',
    renewedTo: null,
    centre: true,
  }
  await tx.insertInstall(row)
  return row
}
