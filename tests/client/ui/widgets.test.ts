// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { h } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import UiChips from '../../../src/client/ui/UiChips.vue'
import UiFigure from '../../../src/client/ui/UiFigure.vue'
import UiInput from '../../../src/client/ui/UiInput.vue'
import UiSide from '../../../src/client/ui/UiSide.vue'
import UiTable from '../../../src/client/ui/UiTable.vue'
import UiTabs from '../../../src/client/ui/UiTabs.vue'
import UiVerdict from '../../../src/client/ui/UiVerdict.vue'
import { around } from '../support/fakes.ts'
import { signalIcon } from '../../../src/client/ui/kinds.ts'
import { icons } from '../../../src/client/ui/icons.ts'

const options = [
  { value: 'a', label: 'A' },
  { value: 'b', label: 'B' },
]

describe('chips', () => {
  it('choose one, and take the choice away at a second tap', async () => {
    const chips = mount(UiChips, { props: { options, label: 'x', modelValue: undefined } })
    await chips.findAll('button')[1]?.trigger('click')
    await chips.setProps({ modelValue: 'b' })
    await chips.findAll('button')[1]?.trigger('click')
    expect(chips.emitted('update:modelValue')).toEqual([['b'], [undefined]])
  })

  it('choose several where several may be chosen', async () => {
    const chips = mount(UiChips, { props: { options, label: 'x', multiple: true, modelValue: ['a'] } })
    await chips.findAll('button')[1]?.trigger('click')
    expect(chips.emitted('update:modelValue')).toEqual([[['a', 'b']]])
    expect(chips.findAll('button')[0]?.attributes('aria-pressed')).toBe('true')
  })
})

describe('an input', () => {
  it.each([
    ['marks that turn what follows around', '\u202E张三\u202C 3\u20662\u2069', '张三 32'],
    ['a name that nobody sees', '\u200B\u202E\uFEFF', ''],
    ['control characters and half a character', 'a\u0000b\u001Bc\uD83D', 'abc'],
    ['signs of several characters, other scripts and line breaks', '👨‍👩‍👧 می‌خواهم\n山', '👨‍👩‍👧 می‌خواهم\n山'],
  ])('takes %s as it can be read', async (_what, pasted, read) => {
    const input = mount(UiInput, { props: { label: 'Name', modelValue: 'x', type: 'multiline' } })
    await input.get('textarea').setValue(pasted)
    expect(input.emitted('update:modelValue')).toEqual([[read]])
  })

  it('is named by its label and described by its error', () => {
    const input = mount(UiInput, { props: { label: 'Name', modelValue: '', error: 'Write it' } })
    const control = input.get('input')
    expect(input.get('label').attributes('for')).toBe(control.attributes('id'))
    expect(input.get(`#${control.attributes('aria-describedby')}`).text()).toBe('Write it')
    expect(control.attributes('aria-invalid')).toBe('true')
  })
})

describe('a table', () => {
  const rows = [
    { id: 'a', n: 1 },
    { id: 'b', n: 2 },
  ]
  type Row = (typeof rows)[number]
  /** Which rows were drawn with each change; `unit` stands beside the figures. */
  function drawing(told: boolean) {
    const drawn: string[] = []
    const props = (now: readonly Row[], unit: string) => ({
      ...{ rows: now, caption: 'x', columns, rowKey: (row: Row) => row.id },
      ...(told ? { besides: [unit] } : {}),
    })
    const columns = [{ key: 'n', label: 'N' }]
    const table = mount(UiTable<Row>, {
      props: props(rows, 'kg'),
      slots: { n: ({ row }: { row: Row }) => (drawn.push(row.id), h('b', row.n)) },
    })
    return {
      text: () => table.findAll('b').map((cell) => cell.text()),
      async change(now: readonly Row[], unit: string) {
        drawn.length = 0
        await table.setProps(props(now, unit))
        return drawn.join('')
      },
    }
  }
  const changed = rows.map((row) => (row.id === 'b' ? { ...row, n: 3 } : row))

  it('draws every row anew, not knowing what its cells show', async () => {
    expect(await drawing(false).change(changed, 'kg')).toBe('ab')
  })

  it('draws only rows anew that have changed, once it is told what they show besides', async () => {
    const table = drawing(true)
    expect(await table.change(changed, 'kg')).toBe('b')
    expect(table.text()).toEqual(['1', '3'])
    expect(await table.change(changed, 'lb')).toBe('ab')
    await table.change([...changed].reverse(), 'lb')
    expect(table.text()).toEqual(['3', '1'])
  })
})

describe('a figure', () => {
  it('draws no data as silence and never as zero', () => {
    const silent = mount(UiFigure, { props: { label: 'Inside', value: null } })
    expect([silent.text(), silent.find('.silence').exists()]).toEqual(['Inside', true])
    expect(
      mount(UiFigure, { props: { label: 'Inside', value: '0' } })
        .find('.silence')
        .exists(),
    ).toBe(false)
  })
})

describe('the bar of a phone', () => {
  const bar = async (count: number) => {
    const items = Array.from({ length: count }, (_, n) => ({
      ...{ to: `/${n}`, label: `Place ${n}`, icon: 'home' as const },
      ...(n === count - 1 ? { badge: '3' } : {}),
    }))
    const { plugins } = await around({})
    return mount(UiTabs, { props: { items, label: 'x' }, global: { plugins }, attachTo: document.body })
  }
  it('has five places at most; the rest, and what waits there, stands behind the last', async () => {
    expect((await bar(5)).findAll('.tab').map((tab) => tab.text())).toContain('Place 43')
    const tabs = await bar(7)
    expect(tabs.findAll('.tab').map((tab) => tab.text())).toEqual([
      ...['Place 0', 'Place 1', 'Place 2', 'Place 3'],
      'More3',
    ])
    await tabs.get('button.tab').trigger('click')
    const links = [...document.querySelectorAll('dialog[open] a')].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['/4', '/5', '/6'])
  })
})

describe('the present place', () => {
  const items = [
    { to: '/today', label: 'Today', icon: 'home' as const, holds: ['/duty'] },
    { to: '/plan', label: 'Plan', icon: 'cal' as const },
  ]
  it.each([
    ['/duty', ['Today']],
    ['/duty/entries', ['Today']],
    ['/duties', []],
    ['/other', []],
  ])('at %s is %j, on a phone and on a desk', async (path, marked) => {
    const { plugins, router } = await around({})
    await router.push(path)
    for (const part of [
      mount(UiTabs, { props: { items, label: 'x' }, global: { plugins } }),
      mount(UiSide, { props: { items, label: 'x', title: 'y' }, global: { plugins } }),
    ])
      expect(part.findAll('a.here').map((link) => link.text())).toEqual(marked)
  })
})

describe('signals', () => {
  it('have a shape of their own each', () => {
    const shapes = Object.values(signalIcon).map((name) => icons[name].d)
    expect(new Set(shapes).size).toBe(4)
  })
})

describe('the verdict', () => {
  it('goes by itself after its time, at a tap, and not at the undo', async () => {
    vi.useFakeTimers()
    const props = { kind: 'admit', title: 'Admitted', undoLabel: 'Undo', showMs: 3000 } as const
    const shown = mount(UiVerdict, { props })
    await shown.get('.undo').trigger('click')
    expect([shown.emitted('undo')?.length, shown.emitted('close')]).toEqual([1, undefined])
    vi.advanceTimersByTime(2999)
    expect(shown.emitted('close')).toBeUndefined()
    vi.advanceTimersByTime(1)
    expect(shown.emitted('close')).toHaveLength(1)
    await shown.trigger('click')
    expect(shown.emitted('close')).toHaveLength(2)
    vi.useRealTimers()
  })

  it('that is drawn ahead is no alert, and its time begins when it may be seen', async () => {
    vi.useFakeTimers()
    const props = { kind: 'admit', title: 'Admitted', showMs: 3000, waiting: true } as const
    const drawn = mount(UiVerdict, { props })
    vi.advanceTimersByTime(5000)
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
    expect([drawn.emitted('close'), drawn.find('[role=alert]').exists()]).toEqual([undefined, false])
    expect(drawn.classes()).toContain('waiting')
    await drawn.setProps({ waiting: false })
    expect(drawn.get('[role=alert]').text()).toContain('Admitted')
    expect(drawn.classes()).not.toContain('waiting')
    vi.advanceTimersByTime(3000)
    expect(drawn.emitted('close')).toHaveLength(1)
    vi.useRealTimers()
  })
})
