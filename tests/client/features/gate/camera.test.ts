// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import ScanPad from '../../../../src/client/features/gate/who/ScanPad.vue'
import { createText } from '../../../../src/client/i18n/index.ts'

/** A camera that can do this; tells what it was asked to do. */
function cameraWith(abilities: { torch?: boolean; zoom?: { min: number; max: number } }) {
  const asked: unknown[] = []
  const track = {
    stop: vi.fn(),
    getCapabilities: () => abilities,
    applyConstraints(wanted: { advanced: unknown[] }) {
      asked.push(...wanted.advanced)
      return Promise.resolve()
    },
  }
  const stream = { getVideoTracks: () => [track], getTracks: () => [track] }
  vi.stubGlobal('isSecureContext', true)
  Object.defineProperty(navigator, 'mediaDevices', {
    configurable: true,
    value: { getUserMedia: () => Promise.resolve(stream) },
  })
  vi.stubGlobal(
    'BarcodeDetector',
    class {
      static getSupportedFormats = () => Promise.resolve(['qr_code'])
      detect = () => Promise.resolve([])
    },
  )
  // The element of this environment takes no stream.
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { configurable: true, writable: true })
  return { asked, track }
}

/** What is left open would go on looking after the test's document has gone. */
const opened = new Set<VueWrapper>()
function leave(pad: VueWrapper): void {
  opened.delete(pad)
  pad.unmount()
}

async function open() {
  const text = await createText('en')
  const pad = mount(ScanPad, { props: { onText: () => false }, global: { plugins: [text] } })
  opened.add(pad)
  await flushPromises()
  const called = (name: string) => pad.findAll('button').find((button) => button.text() === name)
  return { pad, lamp: () => called('Lamp'), lens: (times: number) => called(`${times} times closer`) }
}

afterEach(() => {
  opened.forEach(leave)
  vi.unstubAllGlobals()
})

describe('the torch', () => {
  it('is offered where the camera has one, and a tap switches it on and off again', async () => {
    const { asked, track } = cameraWith({ torch: true })
    const { pad, lamp } = await open()
    await lamp()?.trigger('click')
    expect(lamp()?.attributes('aria-pressed')).toBe('true')
    await lamp()?.trigger('click')
    expect(asked).toEqual([{ torch: true }, { torch: false }])
    expect(lamp()?.attributes('aria-pressed')).toBe('false')
    leave(pad)
    expect(track.stop).toHaveBeenCalled()
  })

  it('is not offered where there is none', async () => {
    cameraWith({})
    const { lamp } = await open()
    expect(lamp()).toBeUndefined()
  })
})

describe('the lens', () => {
  it('enlarges twice where it can, and a second tap goes back', async () => {
    const { asked } = cameraWith({ zoom: { min: 1, max: 8 } })
    const { lens } = await open()
    await lens(2)?.trigger('click')
    expect(lens(2)?.attributes('aria-pressed')).toBe('true')
    await lens(2)?.trigger('click')
    expect(asked).toEqual([{ zoom: 2 }, { zoom: 1 }])
    expect(lens(2)?.attributes('aria-pressed')).toBe('false')
  })

  it('goes no further than it can, and is not offered where it can’t at all', async () => {
    cameraWith({ zoom: { min: 1, max: 1.5 } })
    expect((await open()).lens(1.5)).toBeDefined()
    cameraWith({ zoom: { min: 1, max: 1 } })
    expect((await open()).pad.text()).not.toContain('closer')
  })
})
