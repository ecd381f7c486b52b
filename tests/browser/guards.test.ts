import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complaintsOf, sidewaysPx } from '../support/axe.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const [pinA, pinB, nextB] = ['1357', '904817', '8642']

describe('two guards of one phone', () => {
  const scene = new Scene()
  let phone: Phone
  let hand: ChromiumHand

  beforeAll(async () => {
    await scene.begin()
    ;({ phone, hand } = await scene.guard('Anna Sample'))
  })
  afterAll(() => scene.end())

  async function type(pin: string, act: string): Promise<void> {
    await shows(hand, act)
    for (const digit of pin) await hand.press(digit)
    await hand.press(act)
  }
  async function choosePin(pin: string): Promise<void> {
    await shows(hand, words('guards.newPin'))
    await type(pin, words('guards.next'))
    await shows(hand, words('guards.repeat'))
    await type(pin, words('guards.save'))
  }
  async function fits(): Promise<void> {
    expect(await complaintsOf(hand.page)).toEqual([])
    await hand.page.setViewportSize({ width: 320, height: 640 })
    expect(await sidewaysPx(hand.page)).toBe(0)
    await hand.page.setViewportSize(phone.look)
  }
  /** The same by a keyboard. */
  async function key(pin: string, act: string): Promise<void> {
    await shows(hand, act)
    await hand.page.keyboard.type(pin)
    await hand.press(act)
  }
  /** From one to the other, as it is done at the gate: one tap, the name, the PIN. */
  async function change(name: string, pin: string): Promise<void> {
    await hand.press(words('gate.tab.guards'))
    await hand.press(name)
    await key(pin, words('guards.open'))
    await shows(hand, words('gate.ask.home'))
  }
  /** All text of all databases, as the browser's tools show it. */
  const readable = (): Promise<string> =>
    hand.page.evaluate(async () => {
      const asked = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result)
          request.onerror = () => reject(request.error)
        })
      let text = ''
      for (const { name = '' } of await indexedDB.databases()) {
        const db = await asked(indexedDB.open(name))
        for (const table of db.objectStoreNames)
          text += JSON.stringify(await asked(db.transaction(table).objectStore(table).getAll()))
        db.close()
      }
      return text
    })

  it('the first chooses a PIN and locks the phone; the second enrols on it and chooses another', async () => {
    await hand.goto(`${scene.origin}/settings`)
    await hand.press(words('settings.guards'))
    await hand.press(words('guards.choosePin'))
    await choosePin(pinA)
    await shows(hand, words('guards.here'))
    await fits()
    await hand.press(words('guards.lock'))
    await shows(hand, words('guards.another'))
    await hand.goto(await scene.invite('Bert Sample'))
    await hand.fill(words('enrol.yourName'), 'Bert Sample')
    await hand.press(words('enrol.join'))
    await choosePin(pinB)
    await shows(hand, words('enrol.readyDone'), 60_000)
    await hand.goto(`${scene.origin}/gate`)
    await shows(hand, words('gate.ask.home'))
  })

  it('offline each logs under their own name; nothing of the other can be read, on the screen or behind it', async () => {
    await airplane(phone, true)
    await admitHome(hand, '3-2-501')
    expect(await readable()).toContain('Bert Sample')
    await hand.press(words('gate.tab.guards'))
    await hand.press('A*')
    await type('8642', words('guards.open'))
    await shows(hand, words('guards.wrong'))
    await fits()
    await type(pinA, words('guards.open'))
    await shows(hand, words('gate.ask.home'))
    await admitHome(hand, '3-2-502')
    const held = await readable()
    expect(held).toContain('Anna Sample')
    expect(held).not.toContain('Bert Sample')
    await change('B*', pinB)
    expect(await readable()).not.toContain('Anna Sample')
  })

  it('offline a guard changes the PIN, and another open tab follows whoever is at the gate', async () => {
    await hand.press(words('gate.tab.guards'))
    await hand.press(words('guards.changePin'))
    await shows(hand, words('guards.oldPin'))
    await key(pinB, words('guards.next'))
    await shows(hand, words('guards.newPin'))
    await key(nextB, words('guards.next'))
    await shows(hand, words('guards.repeat'))
    await key(nextB, words('guards.save'))
    await shows(hand, words('guards.changed'))
    await fits()
    await hand.press(words('common.toStart'))
    const other = new ChromiumHand(await phone.context.newPage())
    await other.goto(`${scene.origin}/guards`)
    const here = (name: string): RegExp => new RegExp(`${name}\\*\\s+${words('guards.here')}`)
    await shows(other, here('B'))
    await change('A*', pinA)
    await shows(other, here('A'))
    await change('B*', nextB)
    await shows(other, here('B'))
    await other.page.close()
  })

  it('what both have logged reaches the centre by itself, once, while one of them is at the gate', async () => {
    await shows(hand, words('sync.pill.waiting', { n: 2 }))
    await airplane(phone, false)
    await until('both are there', async () => (await scene.atCentre()).length === 2, 60_000)
    await shows(hand, words('sync.pill.sent'), 30_000)
    expect(new Set(await scene.atCentre()).size).toBe(2)
    expect(phone.complaints).toEqual([])
  })
})
