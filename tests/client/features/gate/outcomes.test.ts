// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noon, openGate } from './gateWorld.ts'

/** What the phone did for the hand and the ear. */
const felt: number[][] = []
const heard: string[] = []

const line = { connect: (to: unknown) => to }
class Speaker {
  currentTime = 0
  state = 'running'
  destination = line
  createGain = () => ({
    ...line,
    gain: { setValueAtTime: () => undefined, exponentialRampToValueAtTime: () => undefined },
  })
  createOscillator() {
    const one = { ...line, type: '', frequency: { value: 0 }, stop: () => undefined, start: () => undefined }
    one.start = () => void heard.push(`${one.type} ${one.frequency.value}`)
    return one
  }
}

beforeEach(() => {
  felt.length = heard.length = 0
  vi.useFakeTimers({ toFake: ['Date'], now: noon })
  vi.stubGlobal('AudioContext', Speaker)
  Object.assign(navigator, { vibrate: (pattern: number[]) => void felt.push(pattern) })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

interface Outcome {
  colour: string
  shape: string
  word: string
  sound: string
  buzz: string
}

/** Taps these, and takes down what the screen, the speaker and the motor say then. */
async function outcome(taps: readonly string[], fail = false): Promise<Outcome> {
  const { wrapper, store } = await openGate({})
  if (fail) store.fail = 'full'
  await flushPromises()
  for (const name of [...'32501', ...taps]) {
    const button = wrapper.findAll('button').find((one) => one.text() === name)
    await button?.trigger('click')
    await flushPromises()
  }
  await vi.waitFor(() => expect(felt).toHaveLength(1))
  const answer = wrapper.find('.verdict, .banner')
  const said: Outcome = {
    colour: answer.classes().join(' '),
    shape: answer.find('svg').html(),
    word: answer.find('strong').text(),
    sound: heard.join(),
    buzz: felt.flat().join(),
  }
  wrapper.unmount()
  felt.length = heard.length = 0
  return said
}

describe('every outcome', () => {
  it('has a colour, a shape, a word, a sound and a vibration, and they tell it from the others', async () => {
    const admitted = await outcome(['放行'])
    const refused = await outcome(['不放行', '说不清找谁'])
    expect([admitted.word, refused.word]).toEqual(['放行', '不放行'])
    for (const sign of ['colour', 'shape', 'word', 'sound', 'buzz'] as const) {
      expect(admitted[sign]).not.toBe('')
      expect(refused[sign]).not.toBe('')
      expect(admitted[sign]).not.toBe(refused[sign])
    }
    const failed = await outcome(['放行'], true)
    expect(failed.word).toContain('没有存上')
    for (const done of [admitted, refused]) {
      expect(failed.sound).not.toBe(done.sound)
      expect(failed.buzz).not.toBe(done.buzz)
    }
  })
})
