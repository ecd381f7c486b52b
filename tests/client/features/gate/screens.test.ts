// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Fact } from '../../../../src/domain/entry.ts'
import { fact, person } from '../../../domain/rules/gateFacts.ts'
import { compound, eastGate, member, noon, openGate, westGate } from './gateWorld.ts'

/** Lets a logbook that was held back be read. */
let read = (): void => undefined
type Opened = Awaited<ReturnType<typeof openGate>>
let opened: Opened | undefined
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: noon }))
afterEach(() => {
  vi.useRealTimers()
  opened?.wrapper.unmount()
  document.body.innerHTML = ''
})

async function open(...args: Parameters<typeof openGate>): Promise<Opened> {
  opened = await openGate(...args)
  await flushPromises()
  return opened
}

const button = ({ wrapper }: Opened, name: string) => {
  const found = wrapper
    .findAll('button')
    .find((b) => b.text() === name || b.attributes('aria-label') === name)
  if (!found) throw new Error(`no button ${name} in: ${wrapper.text()}`)
  return found
}
async function tap(screen: Opened, ...names: string[]): Promise<void> {
  for (const name of names) {
    await button(screen, name).trigger('click')
    await flushPromises()
  }
}

/** As a scanner on a cable types, a key every 5 ms by the events' own clock, however slow this machine is. */
async function scanBySide(text: string): Promise<void> {
  for (const [n, key] of [...text, 'Enter'].entries()) {
    const event = new KeyboardEvent('keydown', { key })
    Object.defineProperty(event, 'timeStamp', { value: n * 5 })
    window.dispatchEvent(event)
  }
  await flushPromises()
}

const here = (fact: Fact): Fact => ({ ...fact, logbook: `gate/${compound}`, by: member })

describe('the gate on one screen', () => {
  it('home digits, two taps for 36.5, admit: the whole screen answers', async () => {
    const screen = await open({ temperature: true })
    await tap(screen, ...'32501', '36', '.5', '放行')
    expect(screen.store.saved[0]?.body).toMatchObject({ home: '3-2-501', celsius: 36.5, decision: 'admit' })
    expect(screen.wrapper.find('[role=alert]').text()).toContain('已存到本机')
  })

  it('admit before measuring says what is missing and saves nothing', async () => {
    const screen = await open({ temperature: true })
    await tap(screen, ...'32501', '放行')
    expect(screen.store.saved).toEqual([])
    expect(screen.wrapper.find('[role=alert]').text()).toContain('先量体温')
    await tap(screen, '没量', '放行')
    expect(screen.store.saved[0]?.body).not.toHaveProperty('celsius')
  })

  it('what a rule advises is the filled button, and refusing takes its reason', async () => {
    const screen = await open({ couriers: 'refuse' })
    await tap(screen, ...'32501', '送货')
    expect(button(screen, '不放行').classes()).toContain('filled')
    expect(button(screen, '放行').classes()).not.toContain('filled')
    await tap(screen, '不放行')
    expect(screen.store.saved[0]?.body).toMatchObject({ reason: 'courier', advice: ['courier'] })
  })

  it('refusing without advice asks for the reason', async () => {
    const screen = await open({})
    await tap(screen, ...'32501', '不放行', '说不清找谁')
    expect(screen.store.saved[0]?.body).toMatchObject({ decision: 'refuse', reason: 'unknownVisitor' })
  })

  it('a failed save says so, with what to do, and keeps the answers', async () => {
    const screen = await open({})
    screen.store.fail = 'full'
    await tap(screen, ...'32501', '放行')
    expect(screen.wrapper.text()).toContain('没有存上')
    expect(screen.wrapper.text()).toContain('3-2-501')
    expect(screen.wrapper.text()).not.toContain('已存到本机')
  })

  it('a scanner that types answers, whatever was typed before', async () => {
    const screen = await open({})
    await scanBySide('GP:H:01940000-0000-7000-8000-000000000006')
    await tap(screen, '放行')
    expect(screen.store.saved[0]?.body).toMatchObject({ how: 'scan', home: '3-2-501' })
  })

  it('a scanner that types a code of others is answered in words', async () => {
    const screen = await open({})
    await scanBySide('https://example.org')
    expect(screen.wrapper.text()).toContain('这个码不是门牌码')
    await tap(screen, '5')
    expect(screen.wrapper.text()).not.toContain('这个码不是门牌码')
  })

  it('asks for the gate once and keeps it on the phone', async () => {
    const screen = await open({}, '/gate', [], false)
    const [first] = screen.wrapper.findAll('li button')
    await first?.trigger('click')
    await flushPromises()
    expect(await screen.store.pref('gate.post')).toEqual({ post: eastGate })
    expect(screen.wrapper.find('h1').text()).toBe('东门')
  })
})

describe('inside', () => {
  it('counts the compound over all its gates; one tap logs the way out of the one chosen', async () => {
    const guest = here(
      person('in', { post: westGate, name: '刘样本', purpose: 'visitor' }, { at: noon - 9 * 3600_000 }),
    )
    const screen = await open({}, '/gate/inside', [guest])
    expect(screen.wrapper.text()).toContain('超 5小时')
    const row = screen.wrapper.findAll('li button').find((b) => b.text().includes('刘样本'))
    await row?.trigger('click')
    await flushPromises()
    await tap(screen, '离开了')
    expect(screen.store.saved[0]?.body).toMatchObject({ way: 'out', name: '刘样本', purpose: 'visitor' })
    expect(screen.wrapper.text()).toContain('没有客人在里面')
  })
})

describe('the logbook', () => {
  const came = here(person('in', { post: eastGate, home: '3-2-501', name: '张*' }, { at: noon - 60_000 }))

  it('opens an entry by its address and corrects it by a further one', async () => {
    const screen = await open({}, `/gate/log?entry=${came.id}`, [came])
    await tap(screen, '更正')
    const [home] = screen.wrapper.findAll('form input.control')
    await home?.setValue('3号楼2单元502')
    await screen.wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(screen.store.saved[0]).toMatchObject({
      kind: 'correction',
      body: { target: came.id, patch: { home: '3-2-502' }, why: 'mistake' },
    })
    expect(screen.wrapper.text()).toContain('3-2-501 → 3-2-502')
  })

  it('a correction undoes nothing of another one that came while it was written', async () => {
    const screen = await open({}, `/gate/log?entry=${came.id}`, [came])
    await tap(screen, '更正')
    const [home] = screen.wrapper.findAll('form input.control')
    await home?.setValue('3-2-502')
    const other = { target: came.id, patch: { purpose: 'visitor', name: '李*' }, why: 'mistake' }
    screen.store.tell([here(fact('correction', other, { at: noon }))])
    await flushPromises()
    await screen.wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(screen.store.saved[0]?.body['patch']).toEqual({ home: '3-2-502' })
  })
})

describe('handover', () => {
  it('is made from the logbook, waits for the next guard, and is confirmed', async () => {
    const came = here(person('in', { post: eastGate, home: '3-2-501' }, { at: noon - 60_000 }))
    const screen = await open({}, '/gate/handover', [came])
    await tap(screen, '交班')
    expect(screen.store.saved[0]).toMatchObject({
      kind: 'handover',
      body: { from: '王样本', peopleInside: 1, unsent: 4, logged: 1 },
    })
    await screen.wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(screen.wrapper.text()).toContain('写上接班人的名字')
    await screen.wrapper.find('form input').setValue('马样本')
    await screen.wrapper.find('form').trigger('submit')
    await flushPromises()
    expect(screen.store.saved[1]?.body).toMatchObject({ by: '马样本', handover: screen.store.saved[0]?.id })
    expect(screen.wrapper.text()).toContain('马样本 接班')
  })

  it('keeps a word to the next guard while somebody at the gate comes first, and gives it once', async () => {
    const screen = await open({}, '/gate/handover')
    await screen.wrapper.get('textarea').setValue('样本钥匙在抽屉')
    await screen.router.push('/gate')
    await flushPromises()
    await screen.router.push('/gate/handover')
    await flushPromises()
    await tap(screen, '交班')
    expect(screen.store.saved[0]?.body).toMatchObject({ note: '样本钥匙在抽屉' })
    await screen.router.push('/gate')
    await flushPromises()
    expect(screen.wrapper.findAll('dialog[open]')).toHaveLength(0)
  })
})

describe('before the logbook was read', () => {
  it.each(['/gate', '/gate/inside', '/gate/log', '/gate/handover'])(
    '%s says that it is not there yet, never that nobody is, and hands nothing over',
    async (path) => {
      const came = here(person('in', { post: eastGate, name: '刘样本' }, { at: noon - 60_000 }))
      const screen = await open({}, path, [came], true, (store) => {
        const follow = store.followFacts
        store.followFacts = (logbook, since, onFacts) => {
          read = () => void follow(logbook, since, onFacts)
          return () => undefined
        }
      })
      expect(screen.wrapper.text()).toContain('稍等')
      expect(screen.wrapper.text()).not.toMatch(/没有(客人|进出|找到)|0 人/)
      expect(screen.wrapper.findAll('button').map((b) => b.text())).not.toContain('交班')
      read()
      await flushPromises()
      expect(screen.wrapper.text()).not.toContain('稍等')
    },
  )
})
