import { compactDecrypt, CompactEncrypt, importJWK } from 'jose'
import { createHash, randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { v7 } from 'uuid'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headers, paths, Scope, SealKey } from '../../../src/protocol/api.ts'
import { pushMaxBytes, wirePages, type WirePage } from '../../../src/protocol/page.ts'
import { SealedReceipt, writeParcel } from '../../../src/protocol/relay/parcel.ts'
import { Receipt } from '../../../src/protocol/receipt.ts'
import { isSignedBy } from '../../../src/server/sync/signing.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import type { TestPhone } from '../../support/testPhone.ts'

const replyKey = randomBytes(32)

/** As a phone seals a parcel. */
async function sealed(text: string | Buffer, { kid, ...jwk }: SealKey, more: object = {}): Promise<string> {
  return new CompactEncrypt(Buffer.from(text))
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'gatepost-parcel', kid, ...more })
    .encrypt(await importJWK(jwk, 'ECDH-ES'))
}

const parcelOf = (pages: readonly WirePage[]): string =>
  writeParcel(replyKey.toString('base64url'), 1, wirePages(pages))

describe('POST carry', () => {
  let centre: TestCentre
  let founded: Founded
  let guard: TestPhone
  let key: SealKey

  beforeAll(async () => {
    centre = await testCentre()
    founded = await centre.found()
    guard = await founded.join('李四', [{ role: 'guard', place: founded.compound }])
    key = v.parse(SealKey, guard.enrolled?.sealKey)
  })
  afterAll(() => centre.end())

  /** Anybody calls: no token, and headers of their own. */
  const carry = (payload: string) => {
    const own = { [headers.sent]: String(centre.clock.now + 9_000_000), [headers.unsent]: '77' }
    return centre.app.inject({ method: 'POST', url: paths.carry, headers: own, payload })
  }
  const reading = () => ({
    kind: 'reading',
    id: v7(),
    logbook: founded.gate,
    body: { post: founded.post, celsius: 36.5, fever: false },
  })
  const open = async (text: string) => {
    const { plaintext, protectedHeader } = await compactDecrypt(text, replyKey)
    const { body, signature } = v.parse(SealedReceipt, JSON.parse(Buffer.from(plaintext).toString()))
    return { receipt: v.parse(Receipt, JSON.parse(body)), body, signature, to: protectedHeader['to'] }
  }

  it('[RL1], [SC3] the key stands in enrolment answers and in the scope, and is not the one that signs', async () => {
    const scope = v.parse(Scope, (await guard.ask({ url: paths.scope })).json())
    expect(scope.sealKey).toEqual(key)
    expect(key.x).not.toBe(guard.enrolled?.serverKey.x)
  })

  it('[RL3], [RL4] stores the pages and answers a receipt that only their phone can open', async () => {
    const page = guard.seal([reading(), reading()])
    const parcel = await sealed(gzipSync(parcelOf([page])), key, { cty: 'gzip' })
    const answer = await carry(parcel)
    expect(answer.statusCode).toBe(200)
    expect(answer.body).not.toContain(guard.id)
    const { receipt, body, signature, to } = await open(answer.body)
    expect(to).toBe(createHash('sha256').update(parcel).digest('base64url'))
    const serverKey = guard.enrolled?.serverKey
    expect(serverKey && isSignedBy(body, signature, serverKey)).toBe(true)
    expect(receipt).toMatchObject({ install: guard.id, pages: [{ page: 1, status: 'stored', entries: [] }] })
    expect((await centre.services.storage.install(guard.id))?.received).toBe(2)
  })

  it('[RL3] what the carrier says of itself says nothing about the pages’ phone', async () => {
    const before = await centre.services.storage.install(guard.id)
    const entry = reading()
    await carry(await sealed(parcelOf([guard.seal([entry])]), key))
    expect((await centre.services.storage.install(guard.id))?.unsent).toBe(before?.unsent)
    const rows = await centre.services.storage.entries({ logbook: founded.gate, after: 0, limit: 100 })
    expect(rows.find(({ id }) => id === entry.id)).toMatchObject({ at: centre.clock.now })
  })

  it('[RL5] brought twice, and sent by its phone as well, it is stored once', async () => {
    const entry = reading()
    const page = guard.seal([entry])
    const parcel = await sealed(parcelOf([page]), key)
    await carry(parcel)
    const again = await open((await carry(parcel)).body)
    expect(again.receipt.pages).toMatchObject([{ status: 'duplicate', entries: [] }])
    expect((await guard.send([page])).json()).toMatchObject({ pages: [{ status: 'duplicate' }] })
    const rows = await centre.services.storage.entries({ logbook: founded.gate, after: 0, limit: 100 })
    expect(rows.filter(({ id }) => id === entry.id)).toHaveLength(1)
  })

  it('[RL3] says plainly what it can’t open: damaged, sealed to another centre, no parcel inside', async () => {
    const good = await sealed(parcelOf([guard.seal([reading()])]), key)
    const other = await testCentre()
    const { coordinator } = await other.found()
    const foreign = await sealed('x', v.parse(SealKey, coordinator.enrolled?.sealKey))
    await other.end()
    const damaged = `${good.slice(0, -30)}AAAA${good.slice(-26)}`
    const bad = [
      '',
      'x',
      'a..b.c.d',
      damaged,
      foreign,
      await sealed('no parcel', key),
      await sealed('x', key, { cty: 'gzip' }),
    ]
    const answers = await Promise.all(bad.map(carry))
    expect(answers.map(({ statusCode, json }) => [statusCode, json().type])).toEqual(
      bad.map(() => [400, 'gatepost:parcel-unreadable']),
    )
  })

  it('[PU5] pages that a push would refuse are refused here, too', async () => {
    const page = guard.seal([reading()])
    const forged = {
      ...page,
      signature: `${page.signature.startsWith('A') ? 'B' : 'A'}${page.signature.slice(1)}`,
    }
    const answer = await carry(await sealed(parcelOf([forged]), key))
    expect(answer.json()).toMatchObject({ type: 'gatepost:signature-invalid' })
    expect((await guard.send([page])).statusCode).toBe(200)
  })

  it('[RL3] a parcel that unpacks to more than a push may hold is refused before it takes the memory', async () => {
    const bomb = gzipSync(Buffer.alloc(pushMaxBytes * 4))
    const answer = await carry(await sealed(bomb, key, { cty: 'gzip' }))
    expect([answer.statusCode, answer.json().type]).toEqual([413, 'gatepost:too-large'])
  })
})
