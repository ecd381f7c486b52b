import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lostAtMost, mergePatch, type Patch } from '../../../src/server/sync/documents.ts'
import type { RecordRow } from '../../../src/server/storage/rows.ts'

const key = { logbook: 'homes/x', kind: 'household', id: 'r' }
const patch = (seq: number, by: string, body: Record<string, unknown>, seen = seq - 1): Patch => ({
  entry: `e${seq}`,
  by,
  at: seq * 1000,
  seq,
  seen,
  body,
})
const merged = (...patches: Patch[]): RecordRow => {
  const result = patches.reduce<RecordRow | null>((before, one) => mergePatch(before, key, one), null)
  if (!result) throw new Error('no patches')
  return result
}

describe('merging', () => {
  it('[FD2] keeps disjoint fields and lets the last arrival win one field', () => {
    const row = merged(patch(1, 'a', { home: '1', note: 'x' }), patch(2, 'b', { note: 'y' }, 1))
    expect(row).toMatchObject({ body: { home: '1', note: 'y' }, seq: 2, at: 2000, lost: [] })
  })

  it('[FD2] null takes a field away', () => {
    expect(merged(patch(1, 'a', { home: '1', note: 'x' }), patch(2, 'a', { note: null })).body).toEqual({
      home: '1',
    })
  })

  it('[FD3] keeps the value that its author had not seen go', () => {
    const row = merged(patch(1, 'a', { note: 'x' }), patch(2, 'b', { note: 'y' }, 0))
    expect(row.lost).toEqual([{ field: 'note', value: 'x', by: 'a', entry: 'e1', at: 2000 }])
  })

  it('[FD3] nothing is lost to somebody who had seen it, to its own author, or to the same value', () => {
    expect(merged(patch(1, 'a', { note: 'x' }), patch(2, 'b', { note: 'y' }, 1)).lost).toEqual([])
    expect(merged(patch(1, 'a', { note: 'x' }), patch(2, 'a', { note: 'y' }, 0)).lost).toEqual([])
    expect(merged(patch(1, 'a', { note: 'x' }), patch(2, 'b', { note: 'x' }, 0)).lost).toEqual([])
  })

  it('[FD3] keeps the newest first and at most 20', () => {
    const many = Array.from({ length: 30 }, (_, i) => patch(i + 1, `m${i % 2}`, { note: `v${i}` }, 0))
    const { lost } = merged(...many)
    expect(lost).toHaveLength(lostAtMost)
    expect(lost[0]).toMatchObject({ value: 'v28', entry: 'e29' })
  })

  it('[FD4] an edit that has not seen the removal does not bring the record back (failure mode 26)', () => {
    const gone = [patch(1, 'a', { home: '1' }), patch(2, 'a', { removed: true })]
    const blind = merged(...gone, patch(3, 'b', { note: 'n', removed: false }, 1))
    expect(blind.body).toEqual({ home: '1', note: 'n', removed: true })
    expect(merged(...gone, patch(3, 'b', { removed: null }, 1)).body['removed']).toBe(true)
    expect(merged(...gone, patch(3, 'b', { removed: false }, 2)).body['removed']).toBe(false)
  })

  it('a field may have any name', () => {
    const body: Record<string, unknown> = JSON.parse('{"__proto__":{"removed":true},"constructor":1}')
    const row = merged(patch(1, 'a', body))
    expect(JSON.stringify(row.body)).toBe(JSON.stringify(body))
    expect(row.body['removed']).toBeUndefined()
  })

  const fields = fc.constantFrom('a', 'b', 'c', 'd')
  const patches = fc
    .array(
      fc.record({
        by: fc.constantFrom('m1', 'm2', 'm3'),
        body: fc.dictionary(fields, fc.option(fc.integer({ min: 0, max: 3 }), { nil: null })),
        behind: fc.nat(10),
      }),
      { minLength: 1, maxLength: 30 },
    )
    .map((list) => list.map(({ by, body, behind }, i) => patch(i + 1, by, body, Math.max(0, i - behind))))

  it('[FD2] each field is what the last patch that names it says (any patches)', () => {
    fc.assert(
      fc.property(patches, (list) => {
        const { body } = merged(...list)
        for (const field of ['a', 'b', 'c', 'd']) {
          const last = list.findLast((one) => Object.hasOwn(one.body, field))?.body[field]
          expect(body[field] ?? null).toBe(last ?? null)
        }
      }),
    )
  })

  it('[FD2] patches of disjoint fields give the same record in whichever order they arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(['a', 'b', 'c', 'd'], { minLength: 4 }), (order) => {
        const row = merged(...order.map((field, i) => patch(i + 1, field, { [field]: field }, 0)))
        expect(row.body).toEqual({ a: 'a', b: 'b', c: 'c', d: 'd' })
        expect(row.lost).toEqual([])
      }),
    )
  })

  it('[FD3] a value that was overwritten unseen by another member is in the list (any patches)', () => {
    fc.assert(
      fc.property(patches, (list) => {
        const [rest, last] = [list.slice(0, -1), list.at(-1)]
        if (rest.length === 0 || !last) return
        const [before, after] = [merged(...rest), merged(...list)]
        for (const [field, value] of Object.entries(last.body)) {
          const mark = before.fields[field]
          const blind = mark !== undefined && mark.seq > last.seen && mark.by !== last.by
          const had = Object.hasOwn(before.body, field) && before.body[field] !== value
          expect(after.lost.some((one) => one.field === field && one.at === last.at)).toBe(blind && had)
        }
      }),
    )
  })
})
