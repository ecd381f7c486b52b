import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logbookId } from '../../src/domain/logbooks.ts'
import { posterText } from '../../src/domain/rules/duty/codeText.ts'
import { makeShortCode } from '../../src/domain/rules/duty/shortCode.ts'
import { complaintsOf, setTextSize, sidewaysPx } from '../support/axe.ts'
import { cameraAllowed, dim, filmArgs, pictureFile, sharp, writeFilm } from '../support/cameraFilm.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const hourMs = 60 * 60_000
const minuteMs = 60_000

/** Counts what the thumb does. */
class Thumb extends ChromiumHand {
  taps = 0
  override async press(name: string): Promise<void> {
    await super.press(name)
    this.taps += 1
  }
}

describe('scanning in at a post', () => {
  const scene = new Scene()
  const folder = newFolder('film')
  const film = join(folder, 'film.y4m')
  const [east, north] = [uuid(), uuid()]
  const code = makeShortCode(new Uint8Array([3, 14, 15, 9, 26, 5, 8]))
  const other = makeShortCode(new Uint8Array([2, 7, 1, 8, 2, 8, 1]))
  let phone: Phone
  let hand: Thumb

  const duty = (): string => logbookId('duty', scene.place.coordinator.community)
  const factsOf = async (kind: string) =>
    (await scene.place.coordinator.facts(duty())).filter((fact) => fact.kind === kind)

  /** The app is opened again on a phone whose camera shows this. */
  async function look(text: string, sight = sharp, path = '/checkin'): Promise<void> {
    writeFilm(film, text, sight)
    await phone.switchOff()
    hand = new Thumb(await phone.switchOn([...filmArgs(film), cameraAllowed]))
    await hand.goto(`${scene.origin}${path}`)
  }

  /** Time passes for the phone: a code that was read just now is no second wish. */
  const later = (minutes: number): Promise<void> =>
    phone.page.clock.setFixedTime(new Date(Date.now() + minutes * minuteMs))

  beforeAll(async () => {
    await scene.begin()
    const { coordinator, compound } = scene.place
    const starts = Date.now() - 10 * minuteMs
    await coordinator.save([
      {
        kind: 'post',
        logbook: duty(),
        record: east,
        body: { type: 'checkpoint', name: 'East checkpoint', place: compound, code },
      },
      {
        kind: 'post',
        logbook: duty(),
        record: north,
        body: { type: 'supplies', name: 'North supplies', place: compound, code: other },
      },
      {
        kind: 'shift',
        logbook: duty(),
        body: { post: east, starts, ends: starts + 4 * hourMs, heads: 2 },
      },
    ])
  })
  afterAll(async () => {
    await scene.end()
    removeFolder(folder)
  })

  it('takes a newcomer from the invitation link to “signed in” in under a minute and at most six taps', async () => {
    const link = await scene.place.coordinator.invite(
      'volunteer',
      scene.place.coordinator.community,
      'Sample volunteer',
      scene.origin,
    )
    writeFilm(film, posterText(scene.origin, code), sharp)
    phone = scene.newPhone()
    hand = new Thumb(await phone.switchOn([...filmArgs(film), cameraAllowed]))
    const begun = Date.now()
    await hand.goto(link)
    await hand.fill(words('enrol.yourName'), 'Sample volunteer')
    await hand.press(words('enrol.join'))
    await hand.press(words('enrol.begin'))
    await hand.press(words('roster.scanIn'))
    await hand.press(words('checkin.ask.take'))
    await shows(hand, words('checkin.done.in'))
    expect(Date.now() - begun).toBeLessThan(60_000)
    // The link itself and the browser's question about the camera are taps, too.
    expect(hand.taps + 2).toBeLessThanOrEqual(6)
    await until('the centre has it', async () => (await factsOf('checkIn')).length === 1, 30_000)
    const [fact] = await factsOf('checkIn')
    expect(fact?.body).toMatchObject({ post: east, way: 'printed' })
    expect(fact?.body['shift']).toBeTypeOf('string')
    const [claim] = await factsOf('claim')
    expect(claim?.body).toMatchObject({ act: 'take', shift: fact?.body['shift'] })
  })

  it('says what the check-in is worth and what it waits for', async () => {
    await shows(hand, words('checkin.waits'))
    await shows(hand, words('checkin.unconfirmed'))
    expect(await complaintsOf(phone.page)).toEqual([])
  })

  it('says of the same code a moment later that they are there already, and writes nothing', async () => {
    await look(posterText(scene.origin, code))
    await shows(hand, words('checkin.done.already'))
    expect((await factsOf('checkIn')).length).toBe(1)
  })

  it('works without a network: the dim, askew and blurred poster asks whether they leave, and never decides it (failure mode 36)', async () => {
    // Nobody waited on the way for “ready for offline”; until then the app may still be on its way to the phone.
    await hand.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
    await airplane(phone, true)
    await scene.server.stop()
    writeFilm(film, posterText(scene.origin, code), dim)
    await phone.switchOff()
    hand = new Thumb(await phone.switchOn([...filmArgs(film), cameraAllowed]))
    await airplane(phone, true)
    await later(30)
    await hand.goto(`${scene.origin}/checkin`)
    await shows(hand, words('checkin.ask.leave'))
    expect(await complaintsOf(phone.page)).toEqual([])
    await setTextSize(phone.page, 200)
    expect(await sidewaysPx(phone.page)).toBe(0)
    await setTextSize(phone.page, 100)
    await hand.press(words('checkin.ask.leaveNow'))
    await shows(hand, words('checkin.done.out'))
    await scene.server.start()
  })

  it('a code of somebody else is told as such, and the poster’s short code may be typed', async () => {
    await look('https://code.example/42')
    await shows(hand, words('checkin.read.other'))
    await hand.press(words('checkin.type'))
    await hand.fill(words('checkin.code'), `${other.slice(0, 4)} ${other.slice(5)}`)
    await hand.press(words('common.continue'))
    await shows(hand, words('checkin.read.other'))
    await hand.fill(words('checkin.code'), other.toLowerCase())
    await hand.press(words('common.continue'))
    await shows(hand, words('checkin.done.in'))
    await shows(hand, words('checkin.how.unplanned'))
    await hand.press(words('checkin.done.in'))
    await hand.press(words('common.undo'))
    await shows(hand, words('checkin.undone'))
  })

  it('reads a poster from a picture, and by the address that the phone’s own camera opened', async () => {
    await look('nothing of ours')
    await shows(hand, words('checkin.read.other'))
    await phone.page.locator('input[type=file]').setInputFiles({
      name: 'p.bmp',
      mimeType: 'image/bmp',
      buffer: pictureFile(posterText(scene.origin, other), sharp),
    })
    await shows(hand, words('checkin.done.in'))
    await hand.goto(`${scene.origin}/p/${other}`)
    await shows(hand, words('checkin.done.already'))
  })

  it('understands a scan at another post: done over there, here now', async () => {
    await look(posterText(scene.origin, code))
    await shows(hand, words('checkin.ask.elsewhere', { post: 'North supplies' }))
    await hand.press(words('checkin.ask.move'))
    await shows(hand, words('checkin.done.in'))
    await until('the centre has all', async () => (await factsOf('checkOut')).length === 2, 30_000)
  })

  it('shows one’s hours, and puts one right with both versions readable', async () => {
    await hand.goto(`${scene.origin}/hours`)
    await shows(hand, words('checkin.hours.waiting'))
    expect(await complaintsOf(phone.page)).toEqual([])
    await setTextSize(phone.page, 200)
    expect(await sidewaysPx(phone.page)).toBe(0)
    await setTextSize(phone.page, 100)
    const stay = phone.page.getByRole('button', { name: 'North supplies' })
    await stay.click()
    await hand.press(`${words('checkin.hours.came')}: ${words('common.change')}`)
    const field = phone.page.getByLabel(words('checkin.hours.came'), { exact: true })
    const [hours, minutes] = (await field.inputValue()).split(':').map(Number)
    const earlier = ((hours ?? 0) * 60 + (minutes ?? 0) + 24 * 60 - 5) % (24 * 60)
    const clock = [Math.floor(earlier / 60), earlier % 60].map((n) => String(n).padStart(2, '0'))
    await field.fill(clock.join(':'))
    await hand.press(words('common.save'))
    await stay.click()
    await shows(hand, words('checkin.hours.versions'))
    const [, first, now] = /Came: (.+), put right to (.+) by you on/.exec(await hand.text()) ?? []
    expect(first).toMatch(/\d:\d\d/)
    expect(now).toMatch(/\d:\d\d/)
    expect(now).not.toBe(first)
  })

  it('shows who is at the post', async () => {
    await hand.goto(`${scene.origin}/crew`)
    await shows(hand, words('checkin.crew.here'))
    expect(await complaintsOf(phone.page)).toEqual([])
  })

  it('complained of nothing', () => {
    expect(phone.complaints).toEqual([])
  })
})
