// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import InviteSheet from '../../../../src/client/features/desk/people/InviteSheet.vue'
import { isLoopback } from '../../../../src/client/features/desk/people/inviteForm.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import { around, community, fakeCalls, fakeStore, source } from '../../support/fakes.ts'

describe('an address that every device takes for itself', () => {
  it.each(['localhost', 'gate.localhost', 'localhost.', '127.0.0.1', '127.8.9.10', '[::1]'])('%s', (host) => {
    expect(isLoopback(host)).toBe(true)
    expect(isLoopback(new URL(`http://${host}:8080`).hostname)).toBe(true)
  })
  it.each(['192.168.1.20', 'gate.example.org', 'notlocalhost', '127.0.0.1.example.org', '[fd00::1]'])(
    'not %s',
    (host) => expect(isLoopback(host)).toBe(false),
  )
})

declare global {
  interface Window {
    happyDOM: { setURL(url: string): void }
  }
}

/** `late`: the places have not been read yet when it is opened; `arrive` brings them. */
async function open(address: string, late = false) {
  window.happyDOM.setURL(address)
  let asked = 0
  const place: Doc = {
    ...{ kind: 'place', id: community, logbook: '', seq: 1, at: 0, removed: false, state: 'sent' },
    ...{ lost: [], body: { level: 'community', name: 'Sample community' } },
  }
  const places = source((late ? [] : [place]) as Doc<never>[])
  const store = {
    ...fakeStore(),
    watchDocs: (kind: string) => (kind === 'place' ? places : source<Doc<never>[]>([])),
  }
  const calls = fakeCalls({
    invite: () => {
      asked++
      return Promise.resolve({ ok: false, problem: 'offline' })
    },
  })
  const { plugins } = await around({ store, calls })
  const sheet = mount(InviteSheet, { global: { plugins }, props: { who: null }, attachTo: document.body })
  await sheet.setProps({ who: { member: null, name: '' } })
  await flushPromises()
  const submit = async () => {
    document.querySelector('form')?.dispatchEvent(new Event('submit'))
    await flushPromises()
  }
  const arrive = async () => {
    places.set([place as Doc<never>])
    await flushPromises()
  }
  const makes = () => document.querySelector<HTMLButtonElement>('button[type=submit]')?.disabled === false
  return { text: () => document.body.textContent ?? '', submit, asked: () => asked, arrive, makes }
}

describe('inviting', () => {
  afterEach(() => (document.body.innerHTML = ''))

  it('at localhost says first that no phone can open the link, and still lets one go on', async () => {
    const { text, submit, asked } = await open('http://localhost:8080/desk/people')
    expect(text()).toContain('No phone can open links made here')
    expect(text()).toContain('localhost:8080')
    expect(text()).toContain('--lan')
    await submit()
    expect(asked()).toBe(1)
  })

  it('opened before the places have been read, it invites as soon as they are', async () => {
    const { arrive, makes } = await open('https://192.168.1.20:8080/desk/people', true)
    expect(makes()).toBe(false)
    await arrive()
    expect(makes()).toBe(true)
  })

  it('at an address of the network says nothing of the kind', async () => {
    const { text } = await open('https://192.168.1.20:8080/desk/people')
    expect(text()).toContain('Make the invitation')
    expect(text()).not.toContain('No phone can open')
  })
})
