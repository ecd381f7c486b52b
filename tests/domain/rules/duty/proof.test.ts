import { generateKeyPairSync, sign, verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import type { CheckIn } from '../../../../src/domain/kinds/checkIn.ts'
import { cardText, dayOf, makeCard } from '../../../../src/domain/rules/duty/card.ts'
import { kinds } from '../../../../src/domain/kinds/index.ts'
import { groundOf, signaturesOf, type Shown } from '../../../../src/domain/rules/duty/proof.ts'
import { makeRotating, rotatingText, slotAt, slotMs } from '../../../../src/domain/rules/duty/rotating.ts'
import { dutyFact, idOf } from './facts.ts'
import { moments } from './random.ts'

const keys = [0, 1, 2].map(() => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const made = (text: string): Uint8Array =>
    new Uint8Array(sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }))
  return { publicKey, key: { x, y }, sign: made }
})
const [screen, stranger, centre] = keys
if (!screen || !stranger || !centre) throw new Error('no keys')

const [post, elsewhere, me, other] = [idOf(10), idOf(11), idOf(21), idOf(22)]
const station: Shown = { id: idOf(31), body: { post, name: '样本', install: idOf(3), key: screen.key } }
const stations = groundOf([station], [])

const checkIn = (body: Partial<CheckIn>, at: number): Fact<CheckIn> => {
  const fact = dutyFact('checkIn', {}, { at, by: me })
  return { ...fact, body: { post, member: me, name: '样本', way: 'rotating', ...body } }
}
/** What whoever looks again does with the answer. */
function holds(fact: Fact<CheckIn>, known = stations): boolean | null {
  const signatures = signaturesOf(fact, known)
  return (
    signatures &&
    signatures.some(({ text, signature, key }) => {
      const by = keys.find((one) => one.key.x === (key ?? centre?.key)?.x)?.publicKey
      return by && verify('sha256', Buffer.from(text), { key: by, dsaEncoding: 'ieee-p1363' }, signature)
    })
  )
}
const codeOf = (by: typeof screen, slot: number, at: { station?: string; post?: string } = {}): string => {
  const { station: id = station.id, post: of = post } = at
  return makeRotating(id, slot, by?.sign(rotatingText(id, of, slot)) ?? new Uint8Array(64))
}

describe('a check-in that says it read the post’s screen', () => {
  it('holds with the code that stood there, also some minutes after it was read', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -1, max: 40 }), (at, late) => {
        const proof = codeOf(screen, slotAt(at))
        expect(holds(checkIn({ proof }, at + late * slotMs))).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('does not hold by a forged code: another’s key, another post’s code, an old one, a changed one, or none', () => {
    const forged = fc.constantFrom('key', 'post', 'old', 'ahead', 'byte', 'none', 'text', 'station')
    fc.assert(
      fc.property(moments, forged, fc.nat(118), (at, how, place) => {
        const slot = slotAt(at)
        const good = codeOf(screen, slot)
        const changed =
          good.slice(0, 5 + place) + (good[5 + place] === '0' ? '1' : '0') + good.slice(6 + place)
        const proofs: Record<typeof how, string | undefined> = {
          key: codeOf(stranger, slot),
          post: codeOf(screen, slot, { post: elsewhere }),
          old: codeOf(screen, slot - 46),
          ahead: codeOf(screen, slot + 4),
          byte: changed,
          none: undefined,
          text: 'GP:R:rotating',
          station: codeOf(stranger, slot, { station: idOf(99) }),
        }
        const proof = proofs[how]
        expect(holds(checkIn(proof === undefined ? {} : { proof }, at))).toBe(false)
      }),
      { numRuns: 150 },
    )
  })

  it('holds by the post it is about, whatever became of the station since', () => {
    const moved = groundOf([{ ...station, body: { ...station.body, post: elsewhere } }], [])
    const at = Date.UTC(2026, 10, 22, 8)
    const proof = codeOf(screen, slotAt(at))
    expect(holds(checkIn({ proof }, at), moved)).toBe(true)
    expect(holds(checkIn({ proof, post: elsewhere }, at), moved)).toBe(false)
    expect(holds(checkIn({ proof }, at), groundOf([], []))).toBe(false)
  })
})

describe('a check-in by a card', () => {
  it('holds by the centre’s card of this person, while it holds', () => {
    const at = Date.UTC(2026, 10, 22, 8)
    const card = { member: me, name: '样本', from: dayOf(at), until: dayOf(at) + 10, issue: 0 }
    const proof = makeCard(card, centre.sign(cardText(card)))
    const by = (more: Partial<CheckIn>, when = at) => holds(checkIn({ way: 'card', proof, ...more }, when))
    expect(by({})).toBe(true)
    expect(by({ member: other })).toBe(false)
    expect(by({}, at + 20 * 86_400_000)).toBe(false)
    const lost = groundOf([], [{ member: me, below: 1, on: at + 5 }])
    const when = (moment: number) => holds(checkIn({ way: 'card', proof }, moment), lost)
    expect([when(at), when(at + 4), when(at + 5)]).toEqual([true, true, false])
    expect(by({ proof: makeCard(card, stranger.sign(cardText(card))) })).toBe(false)
  })

  it('is believed where people are seen masked: the card with the whole name on it is left out', () => {
    const at = Date.UTC(2026, 10, 22, 8)
    const card = { member: me, name: '样本', from: dayOf(at), until: dayOf(at) + 10, issue: 0 }
    const fact = checkIn({ way: 'card', proof: makeCard(card, centre.sign(cardText(card))) }, at)
    const masked = { ...fact, body: kinds.checkIn.mask?.(fact.body) ?? fact.body }
    expect(JSON.stringify(kinds.checkIn.mask?.(fact.body))).not.toContain('GP:C')
    expect(holds(masked, groundOf([station], null))).toBeNull()
    expect(holds(checkIn({ way: 'card' }, at))).toBe(false)
    const screenCode = checkIn({ proof: codeOf(screen, slotAt(at)) }, at)
    expect(kinds.checkIn.mask?.(screenCode.body)).toMatchObject({ proof: screenCode.body.proof })
    expect(holds(screenCode, groundOf([station], null))).toBe(true)
  })

  it('and no other way of signing in has a proof', () => {
    const at = Date.UTC(2026, 10, 22, 8)
    for (const way of ['printed', 'typed', 'leader', 'peer', 'hand', 'paper'] as const)
      expect(holds(checkIn({ way, proof: codeOf(screen, slotAt(at)) }, at))).toBeNull()
  })
})
