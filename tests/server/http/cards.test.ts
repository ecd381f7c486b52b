import { v7 } from 'uuid'
import * as v from 'valibot'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cardHolds, readCard } from '../../../src/domain/rules/duty/card.ts'
import { logbookId } from '../../../src/domain/logbooks.ts'
import { lossOf, voidSince } from '../../../src/domain/rules/duty/lostCards.ts'
import { IssuedCards, paths } from '../../../src/protocol/api.ts'
import { isSignedBy } from '../../../src/server/sync/signing.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let here: Founded
beforeEach(async () => {
  centre = await testCentre()
  here = await centre.found()
})
afterEach(() => centre.end())

const ask = (members: readonly string[]) =>
  here.coordinator.ask({ method: 'POST', url: paths.cards, body: { members } })

describe('volunteer cards', () => {
  it('are signed by the key that every phone knows, and say who it is', async () => {
    const phone = await here.join('样本乙', [{ role: 'volunteer', place: here.community }])
    const member = phone.enrolled?.member ?? ''
    const { cards } = v.parse(IssuedCards, (await ask([member, member])).json())
    expect(cards).toMatchObject([{ member, name: '样本乙' }])
    const card = readCard(cards[0]?.text ?? '')
    if (!card) throw new Error('not a card')
    expect(card).toMatchObject({ member, name: '样本乙' })
    expect(cardHolds(card, centre.services.now())).toBe(true)
    const { serverKey } = centre.services.centre
    const signature = Buffer.from(card.signature).toString('base64url')
    expect(isSignedBy(card.text, signature, serverKey)).toBe(true)
    expect(isSignedBy(`${card.text}0`, signature, serverKey)).toBe(false)
  })

  it('[CA3] are made of the next issue once one was lost, and the old one is void', async () => {
    const phone = await here.join('样本乙', [{ role: 'volunteer', place: here.community }])
    const member = phone.enrolled?.member ?? ''
    const of = async () => v.parse(IssuedCards, (await ask([member])).json()).cards[0]
    const before = await of()
    const lost = lossOf(member, [], centre.services.now())
    const logbook = logbookId('duty', here.community)
    await here.coordinator.push([{ kind: 'lostCard', logbook, record: v7(), body: { ...lost } }])
    const after = await of()
    expect([before?.issue, after?.issue]).toEqual([0, 1])
    const [old, next] = [readCard(before?.text ?? ''), readCard(after?.text ?? '')]
    if (!old || !next) throw new Error('not a card')
    expect(voidSince(old, [lost])).toBe(lost.on)
    expect(voidSince(next, [lost])).toBeNull()
    const signature = Buffer.from(next.signature).toString('base64url')
    expect(isSignedBy(next.text, signature, centre.services.centre.serverKey)).toBe(true)
  })

  it('[CA3] a volunteer makes nobody’s card void', async () => {
    const phone = await here.join('样本乙', [{ role: 'volunteer', place: here.community }])
    const member = phone.enrolled?.member ?? ''
    const logbook = logbookId('duty', here.community)
    const body = { ...lossOf(member, [], centre.services.now()) }
    await phone.push([{ kind: 'lostCard', logbook, record: v7(), body }])
    const { cards } = v.parse(IssuedCards, (await ask([member])).json())
    expect(cards[0]?.issue).toBe(0)
  })

  it('are made for nobody who is not a member, and for no more than 200 at a time', async () => {
    expect((await ask([v7()])).json()).toEqual({ cards: [] })
    const many = Array.from({ length: 201 }, () => v7())
    expect((await ask(many)).statusCode).toBe(400)
    expect((await ask([])).statusCode).toBe(400)
  })
})
