// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { defineComponent, h, ref } from 'vue'
import UpdateBanner from '../../../src/client/UpdateBanner.vue'
import { createDirty, dirtyKey, useDirty } from '../../../src/client/ui/useDirty.ts'
import { around } from '../support/fakes.ts'

const typed = ref('')
const Form = defineComponent(() => {
  useDirty(() => typed.value !== '')
  return () => h('form')
})

describe('a half-filled form', () => {
  it('(failure mode 10) is known while it is half-filled and forgotten with its component', async () => {
    const registry = createDirty()
    const form = mount(Form, { global: { provide: { [dirtyKey]: registry } } })
    expect(registry.dirty.value).toBe(false)
    typed.value = 'half'
    expect(registry.dirty.value).toBe(true)
    form.unmount()
    expect(registry.dirty.value).toBe(false)
  })

  it('(failure mode 10) keeps the new version from restarting, and says so', async () => {
    const { plugins } = await around()
    const banner = mount(UpdateBanner, { props: { dirty: true }, global: { plugins } })
    const restart = banner.findAll('button').find((one) => one.text() === 'Restart now')
    expect(restart?.attributes('disabled')).toBeDefined()
    expect(banner.text()).toContain('half-filled form')
    await banner.setProps({ dirty: false })
    await restart?.trigger('click')
    expect(banner.emitted('restart')).toHaveLength(1)
  })
})
