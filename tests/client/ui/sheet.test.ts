// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h, ref } from 'vue'
import { RouterView } from 'vue-router'
import { describe, expect, it } from 'vitest'
import UiLeave from '../../../src/client/ui/UiLeave.vue'
import UiSheet from '../../../src/client/ui/UiSheet.vue'
import { createDirty, dirtyKey, useDirty } from '../../../src/client/ui/useDirty.ts'
import { useFormPage } from '../../../src/client/ui/useLeaveGuard.ts'
import { around } from '../support/fakes.ts'

const typed = ref('')
const Form = defineComponent(() => {
  useDirty(() => typed.value !== '')
  return () => h('input', { type: 'file' })
})

async function opened(unsaved = false) {
  typed.value = ''
  const registry = createDirty()
  const { plugins } = await around()
  const sheet = mount(UiSheet, {
    props: { open: true, title: 'A home', closeLabel: 'Close', unsaved },
    slots: { default: () => h(Form) },
    global: { plugins, provide: { [dirtyKey]: registry } },
  })
  return { sheet, registry }
}

const press = async (on: VueWrapper, label: string): Promise<void> => {
  await on
    .findAll('button')
    .find((one) => (one.attributes('aria-label') ?? one.text()) === label)
    ?.trigger('click')
  await flushPromises()
}
const asks = (on: VueWrapper): boolean =>
  on.text().includes('Not saved yet') && on.findAll('dialog[open]').length > 1
/** As a browser tells of Esc. */
async function esc(sheet: VueWrapper): Promise<Event> {
  const event = new Event('cancel', { cancelable: true })
  sheet.get('dialog').element.dispatchEvent(event)
  await flushPromises()
  return event
}

describe('a sheet', () => {
  it('closes at once where nothing is typed', async () => {
    const { sheet } = await opened()
    await press(sheet, 'Close')
    await esc(sheet)
    await sheet.get('dialog').trigger('click')
    expect(sheet.emitted('close')).toHaveLength(3)
    expect(asks(sheet)).toBe(false)
  })

  it('asks by Esc, by a tap beside it and by its button where a form on it is half-filled', async () => {
    const { sheet, registry } = await opened()
    typed.value = '3-2-501'
    expect(registry.dirty.value).toBe(true)
    for (const leave of [
      () => esc(sheet),
      () => press(sheet, 'Close'),
      () => sheet.get('dialog').trigger('click'),
    ]) {
      await leave()
      expect(asks(sheet)).toBe(true)
      await press(sheet, 'Go on editing')
      expect(asks(sheet)).toBe(false)
    }
    expect(sheet.emitted('close')).toBeUndefined()
    expect((await esc(sheet)).defaultPrevented).toBe(true)
    await press(sheet, 'Drop the changes')
    expect(sheet.emitted('close')).toHaveLength(1)
  })

  it('asks where the form around it is half-filled, and lets nothing reload meanwhile', async () => {
    const { sheet, registry } = await opened(true)
    expect(registry.dirty.value).toBe(true)
    await esc(sheet)
    expect(asks(sheet)).toBe(true)
    await sheet.setProps({ open: false })
    expect(registry.dirty.value).toBe(false)
  })

  it('comes back where the browser closed it all the same', async () => {
    const { sheet } = await opened(true)
    sheet.get<HTMLDialogElement>('dialog').element.close()
    await flushPromises()
    expect(sheet.get('dialog').attributes('open')).toBeDefined()
    expect(asks(sheet)).toBe(true)
  })

  it('stays where a file picker on it was closed', async () => {
    const { sheet } = await opened()
    sheet.get('input').element.dispatchEvent(new Event('cancel', { bubbles: true }))
    await flushPromises()
    expect(sheet.emitted('close')).toBeUndefined()
  })
})

describe('a page that is a form', () => {
  it('asks before it is left half-filled, and goes where the person wanted when they drop it', async () => {
    const Page = defineComponent(() => {
      const leave = useFormPage(() => typed.value !== '')
      return () => h(UiLeave, { leave })
    })
    const { plugins, router } = await around()
    router.addRoute({ path: '/form', component: Page })
    await router.push('/form')
    const app = mount(RouterView, { global: { plugins } })
    typed.value = 'one row'
    const where = (): string => router.currentRoute.value.path
    const staying = router.push('/')
    await flushPromises()
    await press(app, 'Go on editing')
    await staying
    expect(where()).toBe('/form')
    const leaving = router.push('/')
    await flushPromises()
    await press(app, 'Drop the changes')
    await leaving
    expect(where()).toBe('/')
  })
})
