import { v7 as uuid } from 'uuid'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logbookId } from '../../src/domain/logbooks.ts'
import { InstallList, paths } from '../../src/protocol/api.ts'
import { complaintsOf } from '../support/axe.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { join } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const pin = '2468'

describe('a tablet at a post and a phone before it', () => {
  const scene = new Scene()
  const post = uuid()
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
    const { coordinator, compound } = scene.place
    await coordinator.save([
      {
        kind: 'post',
        logbook: duty(),
        record: post,
        body: { type: 'other', name: 'Office', place: compound },
      },
    ])
    tablet = scene.newPhone({ width: 1024, height: 768 })
    kiosk = new ChromiumHand(await tablet.switchOn())
    await join(kiosk, await invited('Office tablet'), 'Office tablet')
    phone = scene.newPhone()
    hand = new ChromiumHand(await phone.switchOn())
    await join(hand, await invited('Sample volunteer'), 'Sample volunteer')
    const { installs } = v.parse(InstallList, await coordinator.get(paths.installs))
    const install = installs.find(({ name }) => name === 'Office tablet')
    const { x = '', y = '' } = install?.key ?? {}
    await coordinator.save([
      {
        kind: 'station',
        logbook: duty(),
        record: uuid(),
        body: { post, name: 'Office tablet', install: install?.id, key: { x, y } },
      },
    ])
  })
  afterAll(() => scene.end())

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
    const checkIns = async () =>
      (await scene.place.coordinator.facts(duty())).filter(({ kind }) => kind === 'checkIn')
    await until('the centre has it', async () => (await checkIns()).length === 1, 60_000)
    expect((await checkIns())[0]?.body).toMatchObject({ post, way: 'rotating' })
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
})
