// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import GivePage from '../../../../src/client/features/relay/GivePage.vue'
import RelayPage from '../../../../src/client/features/relay/RelayPage.vue'
import TakePage from '../../../../src/client/features/relay/TakePage.vue'
import type { Carried, OwnParcel, Relay, RelayState, Taken } from '../../../../src/client/sync/calls.ts'
import { around, fakeCalls } from '../../support/fakes.ts'

const own: OwnParcel = {
  ...{ id: 'one', mark: 'K7Q2', entries: 130, left: 2, frames: 5 },
  frame: (n) => `GP:F:${n}`,
  file: { name: 'gatepost-K7Q2.txt', text: 'sealed' },
}
const carried: Carried[] = [
  { id: 'a', mark: 'AAAA', state: 'waiting', at: 0 },
  { id: 'b', mark: 'BBBB', state: 'back', at: 0 },
  { id: 'c', mark: 'CCCC', state: 'refused', code: 'parcel-unreadable', at: 0 },
]

function fakeRelay(parcels: (OwnParcel | null)[], state: Partial<RelayState> = {}) {
  const said: string[] = []
  const all: RelayState = { ready: true, unsent: 132, handed: 0, carried: [], ...state }
  const relay: Relay = {
    state: { subscribe: (next) => (next(all), { unsubscribe: () => undefined }) },
    pack: (how, again = false) => {
      said.push(`pack ${how}${again ? ' again' : ''}`)
      return Promise.resolve(parcels.shift() ?? null)
    },
    handed: (id) => Promise.resolve(void said.push(`handed ${id}`)),
    receipt: () => Promise.resolve(null),
    drop: (id) => Promise.resolve(void said.push(`drop ${id}`)),
    collect: () => ({ add: () => Promise.resolve(null) }),
    takeText: (text): Promise<Taken> =>
      Promise.resolve(
        text === 'sealed' ? { what: 'receipt', mark: 'K7Q2', entries: 130 } : { what: 'strange' },
      ),
  }
  return { relay, said }
}

async function open(page: typeof GivePage | typeof RelayPage | typeof TakePage, relay: () => Promise<Relay>) {
  const { plugins } = await around({ calls: fakeCalls({ relay }) })
  const screen = mount(page, { global: { plugins }, attachTo: document.body })
  await flushPromises()
  return screen
}
const press = async (screen: ReturnType<typeof mount>, words: string) => {
  await screen
    .findAll('button')
    .find((one) => one.text().includes(words))
    ?.trigger('click')
  await flushPromises()
}

describe('from phone to phone', () => {
  afterEach(() => document.body.replaceChildren())

  it('shows one parcel after the other, and what was handed over is never said to be sent', async () => {
    const { relay, said } = fakeRelay([own, { ...own, id: 'two', entries: 2, left: 0 }])
    const screen = await open(GivePage, async () => relay)
    expect(screen.text()).toContain('Parcel K7Q2')
    expect(screen.text()).toContain('130 entries. 2 more follow in the next parcel.')
    await press(screen, 'The other phone has it')
    expect(screen.text()).toContain('2 entries.')
    await press(screen, 'The other phone has it')
    expect(screen.text()).toContain('Your records stay here until the receipt comes back.')
    expect(said).toEqual(['pack frames', 'handed one', 'pack frames', 'handed two', 'pack frames'])
  })

  it('says that there is nothing to hand over, and offers what somebody has once more', async () => {
    const { relay, said } = fakeRelay([null, own], { handed: 130 })
    const screen = await open(GivePage, async () => relay)
    expect(screen.text()).toContain('Nothing to hand over')
    await press(screen, 'Hand everything over again')
    expect(screen.text()).toContain('Parcel K7Q2')
    expect(said).toEqual(['pack frames', 'pack frames again'])
  })

  it('says what to do where this phone does not know the key yet, or the screen’s code is not there', async () => {
    const { relay } = fakeRelay([null], { ready: false })
    expect((await open(GivePage, async () => relay)).text()).toContain('has to reach the centre once first')
    const broken = await open(TakePage, () => Promise.reject(new Error('gone')))
    expect(broken.text()).toContain('can’t be opened just now')
  })

  it('names what it carries for others: on the way, arrived with the way to its receipt, not taken and why', async () => {
    const { relay, said } = fakeRelay([], { carried })
    const screen = await open(RelayPage, async () => relay)
    expect(screen.text()).toContain('Carrying for 3 others')
    expect(screen.find('a[href="/relay/back/b"]').text()).toContain('Parcel BBBB')
    expect(screen.text()).toContain('The centre could not open this parcel.')
    await press(screen, 'Remove')
    expect(said).toEqual(['drop c'])
  })

  it('reads a file where there is no camera', async () => {
    const { relay } = fakeRelay([])
    const screen = await open(TakePage, async () => relay)
    const input = screen.find('input[type=file]')
    Object.defineProperty(input.element, 'files', { value: [new File(['sealed'], 'gatepost-K7Q2.txt')] })
    await input.trigger('change')
    await flushPromises()
    await expect.poll(() => screen.text()).toContain('The centre has 130 entries of yours')
  })
})
