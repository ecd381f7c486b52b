// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import ScanPad from '../../../../src/client/features/gate/who/ScanPad.vue'
import { createText } from '../../../../src/client/i18n/index.ts'

/** A camera whose lamp can or can't be switched; tells what it was asked to do. */
function cameraWith(torch: boolean) {
  const asked: unknown[] = []
  const track = {
    stop: vi.fn(),
    getCapabilities: () => (torch ? { torch } : {}),
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

async function open() {
  const text = await createText('en')
  const pad = mount(ScanPad, { props: { onText: () => false }, global: { plugins: [text] } })
  await flushPromises()
  return { pad, lamp: () => pad.findAll('button').find((button) => button.text() === 'Torch') }
}

afterEach(() => vi.unstubAllGlobals())

describe('the torch', () => {
  it('is offered where the camera has one, and a tap switches it on and off again', async () => {
    const { asked, track } = cameraWith(true)
    const { pad, lamp } = await open()
    await lamp()?.trigger('click')
    expect(lamp()?.attributes('aria-pressed')).toBe('true')
    await lamp()?.trigger('click')
    expect(asked).toEqual([{ torch: true }, { torch: false }])
    expect(lamp()?.attributes('aria-pressed')).toBe('false')
    pad.unmount()
    expect(track.stop).toHaveBeenCalled()
  })

  it('is not offered where there is none', async () => {
    cameraWith(false)
    const { lamp } = await open()
    expect(lamp()).toBeUndefined()
  })
})
