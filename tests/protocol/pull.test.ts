import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { factLine, readPull, writePull } from '../../src/protocol/pull.ts'

const head = {
  v: 1,
  epoch: 'e1',
  logbook: 'gate/x',
  next: 'e1.gate/x.7',
  seq: 7,
  more: false,
  time: 1,
  facts: 2,
  docs: 1,
}
const entry = JSON.stringify({ id: 'a', body: { note: 'a "quoted"\\n line' } })
const lines = [factLine(5, 10, null, entry), factLine(6, 11, '["skew"]', entry)]
const doc = JSON.stringify({ s: 7, t: 12, kind: 'post', id: 'p', doc: {} })
const text = writePull(head, [...lines, doc])

describe('[PL1] the answer to a pull', () => {
  it('is cut into facts and documents without reading the facts', () => {
    expect(readPull(text)).toEqual({ head, factLines: lines, docLines: [doc] })
  })

  it('a fact line is JSON around the entry exactly as it was sealed', () => {
    expect(JSON.parse(lines[1] ?? '')).toEqual({ s: 6, t: 11, f: ['skew'], e: JSON.parse(entry) })
    expect(lines[0]).toContain(entry)
  })

  it('a transfer that was cut anywhere is no answer, also in the middle of its last row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(readPull(text.slice(0, length))).toBeNull()
      }),
    )
  })

  it('(failure mode 18) a captive portal, a cut transfer or too many lines is no answer', () => {
    expect(readPull('<html><body>Welcome to Hotel Wi-Fi</body></html>')).toBeNull()
    expect(readPull(text.slice(0, text.lastIndexOf('\n')))).toBeNull()
    expect(readPull(`${text}\n${doc}`)).toBeNull()
    expect(readPull('')).toBeNull()
  })
})
