import { describe, expect, it } from 'vitest'
import { sourceDigest } from '../../scripts/lib/built.mjs'

describe('the digest of the app’s sources', () => {
  it('is the same for the same sources, and a SHA-256', () => {
    const digest = sourceDigest()
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    expect(sourceDigest()).toBe(digest)
  })
})
