// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { beforeEach, describe, expect, it } from 'vitest'
import JoinPage from '../../../../src/client/features/enrol/JoinPage.vue'
import type { Preview } from '../../../../src/protocol/api.ts'
import type { Calls, EnrolInput } from '../../../../src/client/sync/calls.ts'
import { around, community, fakeCalls, fakeStore, someone } from '../../support/fakes.ts'

const secret = 'abcdefghijklmnopqrstuvwxyz012345'
const preview: Preview = {
  setup: false,
  community: 'Sample community',
  grants: [{ role: 'guard', place: community }],
  expires: Date.UTC(2026, 10, 22, 6),
}

async function open(address: string, calls: Partial<Calls>) {
  history.replaceState(null, '', address)
  const parts = await around({ store: fakeStore({ identity: null }), calls: fakeCalls(calls) })
  await parts.router.push('/join')
  const page = mount(JoinPage, { global: { plugins: parts.plugins } })
  await flushPromises()
  return { page, router: parts.router }
}

describe('joining', () => {
  beforeEach(() => history.replaceState(null, '', '/'))

  it('takes the secret out of the address at once, shows who invites, and joins by name', async () => {
    const enrolled: EnrolInput[] = []
    const { page, router } = await open(`/join#${secret}`, {
      preview: () => Promise.resolve({ ok: true, value: preview }),
      enrol: (input) => {
        enrolled.push(input)
        return Promise.resolve({ ok: true, value: someone })
      },
    })
    expect(location.href).not.toContain(secret)
    expect(page.text()).toContain('Sample community')
    expect(page.text()).toContain('Gate guard')
    await page.get('form').trigger('submit')
    expect([page.text().includes('Write your name first'), enrolled.length]).toEqual([true, 0])
    await page.get('input[autocomplete=name]').setValue('  Sample Wang ')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(enrolled).toMatchObject([{ token: secret, name: 'Sample Wang' }])
    expect(router.currentRoute.value.path).toBe('/ready')
  })

  it('keeps the name when the answer was lost, and tries again with the same secret', async () => {
    let tries = 0
    const { page } = await open(`/join#${secret}`, {
      preview: () => Promise.resolve({ ok: true, value: preview }),
      enrol: () => {
        tries++
        return Promise.resolve({ ok: false, problem: 'offline' })
      },
    })
    await page.get('input[autocomplete=name]').setValue('Sample Wang')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.text()).toContain('No network')
    expect(page.get<HTMLInputElement>('input[autocomplete=name]').element.value).toBe('Sample Wang')
    await page
      .findAll('button')
      .find((button) => button.text() === 'Try again')
      ?.trigger('click')
    await flushPromises()
    expect(tries).toBe(2)
  })

  it('says so when this phone itself fails, keeps the name, and lets the person try again', async () => {
    let tries = 0
    const { page, router } = await open(`/join#${secret}`, {
      preview: () => Promise.resolve({ ok: true, value: preview }),
      enrol: () =>
        tries++ === 0
          ? Promise.reject(new Error('the database is closed'))
          : Promise.resolve({ ok: true, value: someone }),
    })
    await page.get('input[autocomplete=name]').setValue('Sample Wang')
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.text()).toContain('Something on this phone went wrong')
    expect(page.text()).not.toContain('Joining')
    expect(page.get<HTMLInputElement>('input[autocomplete=name]').element.value).toBe('Sample Wang')
    await page
      .findAll('button')
      .find((button) => button.text() === 'Try again')
      ?.trigger('click')
    await flushPromises()
    expect([tries, router.currentRoute.value.path]).toEqual([2, '/ready'])
  })

  it('says so when looking at the invitation fails on this phone', async () => {
    const { page } = await open(`/join#${secret}`, {
      preview: () => Promise.reject(new Error('no database')),
    })
    expect(page.text()).toContain('Something on this phone went wrong')
    expect(page.text()).toContain('Try again')
  })

  it('[EN3] says that an invitation was used, and offers another link instead of another try', async () => {
    const { page } = await open(`/join#${secret}`, {
      preview: () => Promise.resolve({ ok: false, problem: 'invitation-used' }),
    })
    expect(page.text()).toContain('used already')
    expect(page.text()).not.toContain('Try again')
    await page
      .findAll('button')
      .find((button) => button.text() === 'Use another link')
      ?.trigger('click')
    expect(page.text()).toContain('Paste the link here')
  })

  it('asks for the link where the address has none, and says what is wrong with it', async () => {
    const seen: string[] = []
    const { page } = await open('/join', {
      preview: (token) => {
        seen.push(token)
        return Promise.resolve({ ok: true, value: preview })
      },
    })
    await page.get('input').setValue('no link')
    await page.get('form').trigger('submit')
    expect(page.text()).toContain('This is not an invitation')
    const field = page.findAll('input').at(-1)
    await field?.setValue(`https://gate.example/join#${secret}`)
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(seen).toEqual([secret])
  })
})
