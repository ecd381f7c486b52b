import { describe, expect, it } from 'vitest'
import { inStep } from '../../scripts/lib/install.mjs'

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.2.3' },
  'node_modules/other-platform': { version: '2.0.0', optional: true },
}

describe('what is installed is in step with the lockfile', () => {
  it('with every package at its version; optional ones of other platforms may be absent', () => {
    expect(inStep(wanted, { 'node_modules/a': { version: '1.2.3' } })).toBe(true)
  })

  it('not with a package missing or at another version', () => {
    expect(inStep(wanted, {})).toBe(false)
    expect(inStep(wanted, { 'node_modules/a': { version: '1.2.4' } })).toBe(false)
  })

  it('not with an optional package at another version', () => {
    const installed = {
      'node_modules/a': { version: '1.2.3' },
      'node_modules/other-platform': { version: '1.9.0' },
    }
    expect(inStep(wanted, installed)).toBe(false)
  })
})
