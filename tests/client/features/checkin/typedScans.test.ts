// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { afterEach, describe, expect, it } from 'vitest'
import { useTypedScans } from '../../../../src/client/features/checkin/useTypedScans.ts'

let clock = 0
/** A key so long after the last one, ms, by the event's own clock. */
function key(
  name: string,
  after: number,
  on: EventTarget = document.body,
  more: KeyboardEventInit = {},
): Event {
  clock += after
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'timeStamp', { value: clock })
  on.dispatchEvent(event)
  return event
}
/** A text and Enter, a while after whatever came before. */
const type = (text: string, after: number, on?: EventTarget): Event[] =>
  [...text, 'Enter'].map((one, n) => key(one, n === 0 ? 900 : after, on))

function page() {
  const heard: string[] = []
  const wrapper = mount(
    defineComponent({
      setup() {
        useTypedScans((text) => heard.push(text))
        return () => h('div', [h('input'), h('button')])
      },
    }),
    { attachTo: document.body },
  )
  return { heard, wrapper }
}

afterEach(() => document.body.replaceChildren())

describe('a hardware scanner that types, where people sign in', () => {
  const poster = 'https://gate.example/p/ABCD2345'

  it('is heard wherever the focus is, with the whole code and nothing that was pressed before', () => {
    const { heard, wrapper } = page()
    key('x', 900)
    type(poster, 5)
    key('y', 900, wrapper.find('button').element)
    type('GP:C:8 +$%', 5, wrapper.find('button').element)
    expect(heard).toEqual([poster, 'GP:C:8 +$%'])
    wrapper.unmount()
  })

  it('its Enter presses nothing; that of somebody who types does, and is no scan', () => {
    const { heard, wrapper } = page()
    expect(type(poster, 5).at(-1)?.defaultPrevented).toBe(true)
    expect(type(poster, 90).at(-1)?.defaultPrevented).toBe(false)
    expect(heard).toEqual([poster])
    wrapper.unmount()
  })

  it('its spaces press nothing, either; that of somebody who types does', () => {
    const { wrapper } = page()
    const button = wrapper.find('button').element
    const spaces = (after: number): boolean[] =>
      type('GP:C:8 +$ %', after, button)
        .filter((event) => event instanceof KeyboardEvent && event.key === ' ')
        .map((event) => event.defaultPrevented)
    expect(spaces(5)).toEqual([true, true])
    expect(spaces(90)).toEqual([false, false])
    wrapper.unmount()
  })

  it('leaves a field to whoever writes in it, and shortcuts to the browser, and ends with its page', () => {
    const { heard, wrapper } = page()
    type(poster, 5, wrapper.find('input').element)
    for (const one of [...poster, 'Enter']) key(one, 5, document.body, { ctrlKey: true })
    wrapper.unmount()
    type(poster, 5)
    expect(heard).toEqual([])
  })
})
