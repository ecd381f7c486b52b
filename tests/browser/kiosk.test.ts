import { join as inFolder } from 'node:path'
import { v7 as uuid } from 'uuid'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logbookId } from '../../src/domain/logbooks.ts'
import { makeShortCode } from '../../src/domain/rules/duty/shortCode.ts'
import { InstallList, paths } from '../../src/protocol/api.ts'
import { complaintsOf } from '../support/axe.ts'
import { cameraAllowed, filmArgs, pictureFile, sharp, writeFilm } from '../support/cameraFilm.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { join } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const pin = '2468'
const hourMs = 3_600_000

/** Posts that were measured, and where a phone stands that scans their printed codes. */
const measured = [
  { finding: 'inside', strength: 'position', seed: 2, away: 0, accuracy: 10 },
  { finding: 'outside', strength: 'outside', seed: 3, away: 0.1, accuracy: 10 },
  { finding: 'unknown', strength: 'unconfirmed', seed: 5, away: 0, accuracy: 400 },
].map((one) => ({ ...one, id: uuid(), code: makeShortCode(new Uint8Array(7).fill(one.seed)) }))
const [lat, lon] = [31.2, 121.5]

describe('a tablet at a post and a phone before it', () => {
  const scene = new Scene()
  const [post, shift, first, second] = [uuid(), uuid(), uuid(), uuid()]
  const folder = newFolder('film')
  let [tablet, phone]: Phone[] = []
  let [kiosk, hand]: ChromiumHand[] = []
  const device = (one: Phone | undefined): Phone => {
    if (!one) throw new Error('not switched on')
    return one
  }
  const its = (one: ChromiumHand | undefined): ChromiumHand => {
    if (!one) throw new Error('not switched on')
    return one
  }
  const duty = (): string => logbookId('duty', scene.place.coordinator.community)
  const invited = (name: string) =>
    scene.place.coordinator.invite('volunteer', scene.place.coordinator.community, name, scene.origin)
  const codePicture = async () => ({
    name: 'code.png',
    mimeType: 'image/png',
    buffer: await its(kiosk).page.locator('svg.qr').screenshot(),
  })

  beforeAll(async () => {
    await scene.begin()
    const { coordinator, compound: place } = scene.place
    tablet = scene.newPhone({ width: 1024, height: 768 })
    kiosk = new ChromiumHand(await tablet.switchOn())
    await join(kiosk, await invited('Office tablet'), 'Office tablet')
    phone = scene.newPhone()
    hand = new ChromiumHand(await phone.switchOn())
    await join(hand, await invited('Sample volunteer'), 'Sample volunteer')
    const { installs } = v.parse(InstallList, await coordinator.get(paths.installs))
    const install = installs.find(({ name }) => name === 'Office tablet')
    const { x = '', y = '' } = install?.key ?? {}
    const leader = installs.find(({ name }) => name === 'Sample volunteer')?.member
    const office = { type: 'other', name: 'Office', place, leaders: [leader] }
    await coordinator.save([
      { kind: 'post', logbook: duty(), record: post, body: office },
      ...measured.map(({ id, finding, code }) => ({
        ...{ kind: 'post', logbook: duty(), record: id },
        body: { type: 'gate', name: finding, place, code, position: { lat, lon, radiusM: 50 } },
      })),
      ...[first, second].map((record, n) => ({
        ...{ kind: 'member', logbook: logbookId('people', coordinator.community), record },
        body: { name: `Card ${n}`, grants: [{ role: 'volunteer', place: coordinator.community }] },
      })),
      {
        kind: 'station',
        logbook: duty(),
        record: uuid(),
        body: { post, name: 'Office tablet', install: install?.id, key: { x, y } },
      },
    ])
  })
  afterAll(async () => {
    await scene.end()
    removeFolder(folder)
  })

  const factsOf = async (kind: string) =>
    (await scene.place.coordinator.facts(duty())).filter((fact) => fact.kind === kind)

  it('the tablet becomes the post’s station with a PIN, and shows its code', async () => {
    await its(kiosk).goto(`${scene.origin}/kiosk`)
    await shows(its(kiosk), 'Office')
    await its(kiosk).fill(words('checkin.kiosk.newPin'), pin)
    await its(kiosk).press(words('checkin.kiosk.begin'))
    await shows(its(kiosk), words('checkin.kiosk.byPhone'))
    expect(await complaintsOf(device(tablet).page)).toEqual([])
  })

  it('both without a network, the phone is confirmed by the code on the screen', async () => {
    await its(hand).goto(`${scene.origin}/checkin`)
    await airplane(device(tablet), true)
    await airplane(device(phone), true)
    await shows(its(hand), words('common.scan.picture'))
    await its(hand)
      .page.locator('input[type=file]')
      .setInputFiles(await codePicture())
    await shows(its(hand), words('checkin.strength.rotating'))
    await airplane(device(phone), false)
    await until('the centre has it', async () => (await factsOf('checkIn')).length === 1, 60_000)
    expect((await factsOf('checkIn'))[0]?.body).toMatchObject({ post, way: 'rotating' })
  })

  it('opened anew without a network it goes straight back to its post, and lets nobody else in', async () => {
    await its(kiosk).goto(`${scene.origin}/`)
    await shows(its(kiosk), words('checkin.kiosk.byPhone'))
    await its(kiosk).press(words('checkin.kiosk.staff'))
    await its(kiosk).fill(words('checkin.kiosk.pin'), '1111')
    await its(kiosk).press(words('checkin.kiosk.end'))
    await shows(its(kiosk), words('checkin.kiosk.wrong'))
    await its(kiosk).fill(words('checkin.kiosk.pin'), pin)
    await its(kiosk).press(words('checkin.kiosk.end'))
    await shows(its(kiosk), words('checkin.kiosk.title'))
  })

  it('beside a printed code it says whether the phone stood there, elsewhere, or nobody can tell', async () => {
    const { context } = device(phone)
    await context.grantPermissions(['geolocation'])
    for (const { code, strength, away, accuracy } of measured) {
      await context.setGeolocation({ latitude: lat + away, longitude: lon, accuracy })
      await its(hand).goto(`${scene.origin}/p/${code}`)
      await its(hand).press(words('checkin.ask.move'))
      await shows(its(hand), words(`checkin.strength.${strength}`))
    }
    await until('the centre has all', async () => (await factsOf('checkIn')).length === 4, 60_000)
    const found = new Map((await factsOf('checkIn')).map(({ body }) => [body['post'], body['position']]))
    expect(measured.map(({ id }) => found.get(id))).toEqual(measured.map(({ finding }) => finding))
  })

  it('a peer says that they saw them, and what was doubtful is confirmed', async () => {
    await airplane(device(tablet), false)
    const [, doubtful] = measured
    await its(kiosk).goto(`${scene.origin}/crew?post=${doubtful?.id}`)
    await its(kiosk)
      .page.getByRole('button', { name: words('checkin.crew.vouch') })
      .click()
    await until('the centre has it', async () => (await factsOf('vouch')).length === 1, 60_000)
    await its(hand).goto(`${scene.origin}/hours`)
    await its(hand).page.getByRole('button', { name: 'outside' }).click()
    await shows(its(hand), words('checkin.strength.vouched'))
  })

  it('a leader signs in who has no phone, by name or by a card that takes the free place, without a network', async () => {
    const starts = Date.now() - hourMs
    await scene.place.coordinator.save([
      {
        kind: 'shift',
        id: shift,
        logbook: duty(),
        body: { post, starts, ends: starts + 5 * hourMs, heads: 2 },
      },
    ])
    for (const one of [its(hand), its(kiosk)]) {
      await one.goto(`${scene.origin}/turns/open`)
      await shows(one, 'Office')
    }
    await its(hand).goto(`${scene.origin}/crew?post=${post}`)
    await airplane(device(phone), true)
    await its(hand).press(words('checkin.crew.byName'))
    await its(hand).fill(words('common.name'), 'Ann Sample')
    await its(hand).press(words('checkin.crew.signIn'))
    await shows(its(hand), words('checkin.done.in'))
    await its(hand).press(words('checkin.done.in'))
    await its(hand).press(words('common.done'))
    await its(hand).press(words('checkin.crew.card'))
    const buffer = pictureFile(await scene.place.coordinator.cardOf(first), sharp)
    await its(hand)
      .page.locator('input[type=file]')
      .setInputFiles({ name: 'card.bmp', mimeType: 'image/bmp', buffer })
    await its(hand).press(words('checkin.ask.take'))
    await shows(its(hand), words('checkin.done.in'))
  })

  it('the tablet’s camera reads a printed card, and the place that is left is that one’s', async () => {
    const film = inFolder(folder, 'card.y4m')
    writeFilm(film, await scene.place.coordinator.cardOf(second), sharp)
    await device(tablet).switchOff()
    kiosk = new ChromiumHand(await device(tablet).switchOn([...filmArgs(film), cameraAllowed]))
    await airplane(device(tablet), true)
    await its(kiosk).goto(`${scene.origin}/kiosk`)
    await its(kiosk).fill(words('checkin.kiosk.newPin'), pin)
    await its(kiosk).press(words('checkin.kiosk.begin'))
    await its(kiosk).press(words('checkin.ask.take'))
    await shows(its(kiosk), words('checkin.done.in'))
    await airplane(device(tablet), false)
    await airplane(device(phone), false)
    await until('the centre has both', async () => (await factsOf('claim')).length === 2, 60_000)
    const came = (await factsOf('checkIn')).filter(({ body }) => body['way'] === 'card')
    expect(came.map(({ body }) => [body['member'], body['shift']]).sort()).toEqual(
      [
        [first, shift],
        [second, shift],
      ].sort(),
    )
    const named = (await factsOf('checkIn')).find(({ body }) => body['way'] === 'leader')
    expect(named?.body).toMatchObject({ post, name: 'Ann Sample' })
  })
})
