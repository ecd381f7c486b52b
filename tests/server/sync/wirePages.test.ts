import fc from 'fast-check'
import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { pageMaxEntries, payloadOf, pushMaxPages, readPages, wirePages } from '../../../src/protocol/page.ts'
import { pagesIn } from '../../../src/server/sync/wirePages.ts'

const line = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\n'))

const page = (lines: readonly string[], n: number) => {
  const hash = createHash('sha256').update(payloadOf(lines)).digest('base64url')
  const install = '01990000-0000-7000-8000-000000000001'
  const header = { v: 1, install, page: n, prev: '', first: 1, count: lines.length, hash }
  return { header, headerLine: JSON.stringify(header), signature: 'x'.repeat(86), lines }
}
const pages = fc
  .array(fc.array(line, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 })
  .map((all) => all.map((lines, i) => page(lines, i + 1)))

const plain = (bytes: Buffer) =>
  pagesIn(bytes)?.map(({ header, headerLine, signature, lines }) => ({
    header,
    headerLine,
    signature,
    lines,
  })) ?? null

describe('pages read from bytes', () => {
  it('are those that are read from their text, with the digest that their phone has made', () => {
    fc.assert(
      fc.property(pages, (all) => {
        const read = pagesIn(Buffer.from(wirePages(all)))
        expect(read).toEqual(all.map((one) => ({ ...one, payloadHash: one.header.hash })))
      }),
    )
  })

  it('are none where the text is none, wherever it is cut or broken', () => {
    fc.assert(
      fc.property(pages, fc.nat(), fc.integer({ min: 0, max: 255 }), (all, at, byte) => {
        const bytes = Buffer.from(wirePages(all))
        const cut = bytes.subarray(0, at % (bytes.length + 1))
        expect(plain(cut)).toEqual(readPages(cut.toString()))
        bytes[at % bytes.length] = byte
        expect(plain(bytes)).toEqual(readPages(bytes.toString()))
      }),
    )
  })

  it('are digested as what they read as where they are no UTF-8', () => {
    const bytes = Buffer.from(wirePages([page(['one x', 'two'], 1)]))
    bytes[bytes.indexOf('x', bytes.indexOf('one'))] = 0xff
    const [read] = pagesIn(bytes) ?? []
    expect(read?.lines).toEqual(['one \ufffd', 'two'])
    expect(read?.payloadHash).toBe(createHash('sha256').update('one \ufffd\ntwo').digest('base64url'))
  })

  it('are as many as one request may carry, and no line more is read', () => {
    const full = Array.from({ length: pushMaxPages }, (_, i) => page(Array(pageMaxEntries).fill('x'), i + 1))
    expect(pagesIn(Buffer.from(wirePages(full)))).toHaveLength(pushMaxPages)
    expect(pagesIn(Buffer.from(`${wirePages(full)}\n`))).toBeNull()
    expect(pagesIn(Buffer.alloc(8_000_000, '\n'))).toBeNull()
    expect(pagesIn(Buffer.alloc(0))).toBeNull()
  })
})
