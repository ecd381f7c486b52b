import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pushMaxPages, readPages, wirePages, type WirePage } from '../../src/protocol/page.ts'

const base64url = (length: number) =>
  fc
    .array(fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'), {
      minLength: length,
      maxLength: length,
    })
    .map((letters) => letters.join(''))

const page = fc
  .record({
    install: fc.uuid(),
    page: fc.integer({ min: 1, max: 9999 }),
    prev: fc.oneof(fc.constant(''), base64url(43)),
    first: fc.integer({ min: 1, max: 99_999 }),
    hash: base64url(43),
    signature: base64url(86),
    entries: fc.array(fc.dictionary(fc.string(), fc.string()), { minLength: 1, maxLength: 100 }),
  })
  .map(({ entries, signature, ...rest }): WirePage => {
    const header = { v: 1, ...rest, count: entries.length }
    return {
      header,
      headerLine: JSON.stringify(header),
      signature,
      lines: entries.map((e) => JSON.stringify(e)),
    }
  })

describe('[PG1] pages on the wire', () => {
  it('[PG1] what was written is read again, to the byte', () => {
    fc.assert(
      fc.property(fc.array(page, { minLength: 1, maxLength: 5 }), (pages) => {
        expect(readPages(wirePages(pages))).toEqual(pages)
      }),
    )
  })

  it('[PU5] a text cut anywhere is never read as whole', () => {
    fc.assert(
      fc.property(page, fc.double({ min: 0, max: 0.999, noNaN: true }), (one, share) => {
        const text = wirePages([one])
        const lastLine = text.lastIndexOf('\n')
        const cut = text.slice(0, Math.floor(share * lastLine))
        expect(readPages(cut)).toBeNull()
      }),
    )
  })

  it('[PU1] more pages than a request may carry are not read', () => {
    const [one] = fc.sample(page, 1)
    if (!one) throw new Error('no sample')
    expect(readPages(wirePages(Array.from({ length: pushMaxPages }, () => one)))).toHaveLength(pushMaxPages)
    expect(readPages(wirePages(Array.from({ length: pushMaxPages + 1 }, () => one)))).toBeNull()
  })

  it.each(['', '\n', '{}', 'null\n', '<!doctype html><title>Sign in to Wi-Fi</title>', '[]\nx\ny'])(
    '[PU5] %j is no page',
    (text) => expect(readPages(text)).toBeNull(),
  )
})
