// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import FigureStrip from '../../../../src/client/features/desk/shared/FigureStrip.vue'
import UiFigure from '../../../../src/client/ui/UiFigure.vue'

describe('figures of a board', () => {
  const figures = [{ label: 'Posts with nobody', value: '3', kind: 'refuse' as const }]
  const shown = (waiting: boolean) =>
    mount(FigureStrip, { props: { figures, across: 1, waiting } })
      .getComponent(UiFigure)
      .props()

  it('show what they count, and that it wants a hand', () => {
    expect(shown(false)).toMatchObject({ label: 'Posts with nobody', value: '3', kind: 'refuse' })
  })

  it('neither count nor alarm before they are known', () => {
    expect(shown(true)).toMatchObject({ label: 'Posts with nobody', value: null, kind: undefined })
  })
})
