// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import PinPad from '../../../../src/client/features/guards/PinPad.vue'
import { around } from '../../support/fakes.ts'

describe('the pad for a PIN', () => {
  it('says how many digits there are, in text that a screen reader announces, and never which', async () => {
    const { plugins } = await around()
    const pad = mount(PinPad, { props: { act: 'Open' }, global: { plugins } })
    const status = pad.get('[role=status]')
    const said: string[] = [status.text()]
    for (const digit of ['7', '8']) {
      await pad
        .findAll('button')
        .find((key) => key.text() === digit)
        ?.trigger('click')
      said.push(status.text())
    }
    expect(said).toEqual(['0 digits', '1 digit', '2 digits'])
    const dots = status.findAll('.dot')
    expect(dots.map((dot) => dot.attributes('aria-hidden'))).toEqual(dots.map(() => 'true'))
    expect(dots.filter((dot) => dot.classes('on'))).toHaveLength(2)
    pad.unmount()
  })
})
