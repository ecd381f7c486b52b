import fc from 'fast-check'
import { encode } from 'uqr'
import { describe, expect, it } from 'vitest'
import type { Doc } from '../../../../src/domain/entry.ts'
import { highestIssue } from '../../../../src/domain/kinds/lostCard.ts'
import type { Station } from '../../../../src/domain/kinds/station.ts'
import { cardHolds, cardText, dayOf, makeCard, readCard } from '../../../../src/domain/rules/duty/card.ts'
import {
  isFresh,
  makeRotating,
  readRotating,
  rotatingText,
  slotAt,
  slotMs,
  stationsOf,
} from '../../../../src/domain/rules/duty/rotating.ts'
import { idOf } from './facts.ts'
import { moments } from './random.ts'

const signatures = fc.uint8Array({ minLength: 64, maxLength: 64 })
/** Sides of the codes of version 5, 6 and 7 without their margin: 17 + 4 × version. */
const sideOf = (text: string): number => encode(text, { ecc: 'M', border: 0 }).size

describe('rotating codes', () => {
  const ids = fc.uuid({ version: 7 })
  const station = (id: string): Doc<Station> => ({
    kind: 'station',
    id,
    logbook: `duty/${idOf(1)}`,
    seq: 1,
    at: 0,
    removed: false,
    state: 'sent',
    lost: [],
    body: { post: idOf(10), name: '样本', install: idOf(3), key: { x: 'x', y: 'y' } },
  })

  it('say which station, which slot and how it was signed, in a code of version 5', () => {
    fc.assert(
      fc.property(ids, moments, signatures, (id, at, signature) => {
        const text = makeRotating(id, slotAt(at), signature)
        const code = readRotating(text)
        expect(code).toMatchObject({ slot: slotAt(at), signature })
        expect(code && stationsOf(code, [station(idOf(99)), station(id)]).map((s) => s.id)).toEqual([id])
        expect(sideOf(text)).toBeLessThanOrEqual(37)
        expect(text.length).toBeLessThanOrEqual(600)
      }),
    )
  })

  it('hold for one slot late and one early; three late do not', () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: -9, max: 9 }), (at, late) => {
        expect(isFresh(slotAt(at), at + late * slotMs)).toBe(late >= -1 && late <= 1)
      }),
    )
  })

  it('are signed over station, post and slot', () => {
    const texts = [
      rotatingText(idOf(1), idOf(2), 3),
      rotatingText(idOf(2), idOf(2), 3),
      rotatingText(idOf(1), idOf(3), 3),
      rotatingText(idOf(1), idOf(2), 4),
    ]
    expect(new Set(texts).size).toBe(4)
  })

  it('are nothing where a symbol is lost or the code is another', () => {
    const text = makeRotating(idOf(1), 7, new Uint8Array(64))
    for (const other of [text.slice(0, -1), text.slice(1), `${text}00`, 'GP:R:', 'https://gate.example/p/1'])
      expect(readRotating(other)).toBeNull()
  })
})

describe('volunteer cards', () => {
  const names = fc
    .string({ minLength: 1, maxLength: 80, unit: 'grapheme' })
    .filter((name) => name.trim() !== '')
  const cards = fc.record({
    member: fc.uuid({ version: 7 }),
    name: names,
    from: fc.integer({ min: 20_000, max: 30_000 }),
    until: fc.integer({ min: 20_000, max: 30_000 }),
    issue: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: highestIssue })),
  })

  it('[CA1] [CA2] say who it is and until when, with as much of the name as fits', () => {
    fc.assert(
      fc.property(cards, signatures, (card, signature) => {
        const read = readCard(makeCard(card, signature))
        const { member, from, until, issue } = card
        expect(read).toMatchObject({ member, from, until, issue, signature })
        expect(read?.text).toBe(cardText(card))
        expect(card.name.trim().startsWith(read?.name ?? '?')).toBe(true)
      }),
    )
  })

  it('of an ordinary name fit a code of version 7', () => {
    const card = { member: idOf(5), name: '欧阳志愿者', from: 20_700, until: 21_065, issue: 0 }
    expect(sideOf(makeCard(card, new Uint8Array(64).fill(255)))).toBeLessThanOrEqual(45)
    expect(readCard(makeCard(card, new Uint8Array(64)))?.name).toBe('欧阳志愿者')
  })

  it('hold from their first to their last day', () => {
    const at = Date.UTC(2026, 4, 4)
    const card = { member: idOf(5), name: '样本', from: dayOf(at), until: dayOf(at) + 30, issue: 0 }
    const days = [-3, 0, 30, 33].map((day) => cardHolds(card, at + day * 86_400_000))
    expect(days).toEqual([false, true, true, false])
  })

  it('[CA2] of a first issue are written as they were before cards could be made void', () => {
    const card = { member: idOf(5), name: '样本', from: 20_700, until: 21_065, issue: 0 }
    expect(cardText(card)).toMatch(/^gatepost-card\.1\./)
    expect(makeCard(card, new Uint8Array(64))).toMatch(/^GP:C:/)
    expect(cardText({ ...card, issue: 1 })).toMatch(/^gatepost-card\.2\./)
    expect(makeCard({ ...card, issue: 1 }, new Uint8Array(64))).toMatch(/^GP:C2:/)
  })

  it('are nothing where the text is another', () => {
    for (const text of ['', 'GP:C:', 'GP:C:AAA', 'GP:R:AAA', 'GP:H:1']) expect(readCard(text)).toBeNull()
  })
})
