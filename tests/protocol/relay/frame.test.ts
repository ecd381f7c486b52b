import fc from 'fast-check'
import { encode } from 'uqr'
import { expect, it } from 'vitest'
import {
  frameBytes,
  frameMaxLetters,
  framesMost,
  readFrame,
  relayMaxBytes,
  writeFrame,
} from '../../../src/protocol/relay/frame.ts'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })
const someFrame = fc.record({
  id: bytes(8),
  length: fc.integer({ min: 1, max: relayMaxBytes }),
  n: fc.integer({ min: 0, max: framesMost - 1 }),
  block: bytes(frameBytes),
})

it('[RL6] a frame is read as it was written, in 300 letters at most', () => {
  fc.assert(
    fc.property(someFrame, (frame) => {
      const text = writeFrame(frame)
      expect(text.length).toBeLessThanOrEqual(frameMaxLetters)
      expect(readFrame(text)).toEqual(frame)
    }),
  )
})

it('a frame is a code of version 9: every camera of the last ten years reads it off a screen', () => {
  const text = writeFrame({
    id: new Uint8Array(8).fill(255),
    length: relayMaxBytes,
    n: framesMost - 1,
    block: new Uint8Array(frameBytes).fill(255),
  })
  expect(encode(text, { ecc: 'L' }).version).toBe(9)
})

it.each(['', 'GP:F:', 'GP:H:3F2A', 'https://gate.example/join', 'GP:F:BB8'])(
  'what is no frame is none: “%s”',
  (text) => expect(readFrame(text)).toBeNull(),
)

it('a frame of another version, or of a length that cannot be, is none', () => {
  const frame = { id: new Uint8Array(8), n: 0, block: new Uint8Array(frameBytes) }
  const good = writeFrame({ ...frame, length: 5 })
  expect(readFrame(good)).not.toBeNull()
  expect(readFrame(writeFrame({ ...frame, length: relayMaxBytes + 1 }))).toBeNull()
  expect(readFrame(writeFrame({ ...frame, length: 0 }))).toBeNull()
  expect(readFrame(`${good.slice(0, 5)}20${good.slice(7)}`)).toBeNull()
})
