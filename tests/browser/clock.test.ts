import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ChromiumHand, shows } from '../support/hand.ts'
import { setClockOff } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, figures, joinGate } from '../support/story.ts'
import { words } from '../support/words.ts'

const yearMs = 365 * 86_400_000

describe.each([
  ['a year fast', yearMs],
  ['a year slow', -yearMs],
])('a phone whose clock is %s (failure mode 31)', (_name, offMs) => {
  const scene = new Scene()
  let hand: ChromiumHand

  beforeAll(async () => {
    await scene.begin()
    const phone = scene.newPhone()
    const page = await phone.switchOn()
    await setClockOff(phone, offMs)
    hand = new ChromiumHand(page)
    await joinGate(hand, await scene.invite('Sample guard'), 'Sample guard', scene.place.gateName)
  })
  afterAll(() => scene.end())

  it('enrols, logs and sends: nothing is refused, the true time is kept beside the wrong one ([TI1], [AU2])', async () => {
    await admitHome(hand, '3-2-501')
    await shows(hand, words('sync.pill.sent'), 30_000)
    expect(await figures(hand, scene.origin)).toEqual({ logged: 1, received: 1 })
    const [entry] = await scene.place.coordinator.facts(scene.place.logbook)
    expect(Math.abs((entry?.at ?? 0) - offMs - Date.now())).toBeLessThan(120_000)
    expect(Math.abs((entry?.at ?? 0) + (entry?.off ?? 0) - Date.now())).toBeLessThan(120_000)
  })
})
