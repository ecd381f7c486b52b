import { join } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logbookId } from '../../src/domain/logbooks.ts'
import {
  cameraAllowed,
  cameraRefused,
  dim,
  filmArgs,
  pictureFile,
  sharp,
  writeFilm,
} from '../support/cameraFilm.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const scan = words('gate.ask.scan')
const codeOf = (household: string): string => `GP:H:${household}`.toUpperCase()

/** The same picture as a phone's messenger keeps it. The page itself has the means to write that format. */
async function asWebp(hand: ChromiumHand, picture: Buffer): Promise<Buffer> {
  const webp = await hand.page.evaluate(async (given) => {
    const bytes = Uint8Array.from(atob(given), (char) => char.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: bitmap.width, height: bitmap.height })
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    return canvas.toDataURL('image/webp', 0.8)
  }, picture.toString('base64'))
  expect(webp).toMatch(/^data:image\/webp;base64,/)
  return Buffer.from(webp.slice(webp.indexOf(',') + 1), 'base64')
}

describe('scanning at the gate', () => {
  const scene = new Scene()
  const folder = newFolder('film')
  const film = join(folder, 'film.y4m')
  const [home, household] = ['3-2-503', uuid()]
  const chosen = `${home} ${words('gate.who.back')}`
  let phone: Phone
  let hand: ChromiumHand

  /** The app is opened again, at the gate, on a phone whose browser was told this. */
  async function reopen(args: readonly string[], offline = true): Promise<void> {
    await phone.switchOff()
    hand = new ChromiumHand(await phone.switchOn(args))
    await airplane(phone, offline)
    await hand.goto(`${scene.origin}/gate`)
  }

  /** The household stands in the who box; a tap there asks again who it is. */
  async function isChosen(): Promise<void> {
    await hand.press(chosen)
    await until('it is asked again', async () => !(await hand.offers(chosen)))
  }

  beforeAll(async () => {
    await scene.begin()
    const { coordinator, compound } = scene.place
    const body = { home, people: [{ name: '样本乙' }] }
    const logbook = logbookId('homes', compound)
    await coordinator.save([{ kind: 'household', logbook, record: household, body }])
    ;({ phone, hand } = await scene.guard('Sample guard'))
  })
  afterAll(async () => {
    await scene.end()
    removeFolder(folder)
  })

  it('says that there is no camera, and a picture or another way answers', async () => {
    await airplane(phone, true)
    await hand.press(scan)
    await shows(hand, words('common.scan.problem.none'))
    for (const way of ['home', 'name', 'often'])
      expect(await hand.offers(words(`gate.ask.${way}`))).toBe(true)
    const picture = pictureFile(codeOf(household), sharp)
    const webp = { name: 'code.webp', mimeType: 'image/webp', buffer: await asWebp(hand, picture) }
    const input = hand.page.locator('input[type=file]')
    const blank = {
      name: 'wall.bmp',
      mimeType: 'image/bmp',
      buffer: pictureFile('x', { ...sharp, ink: 230 }),
    }
    await input.setInputFiles(blank)
    await shows(hand, words('common.scan.nothing'))
    await input.setInputFiles(webp)
    await isChosen()
  })

  it('says that the camera is refused, and offers other ways', async () => {
    writeFilm(film, codeOf(household), sharp)
    await reopen([...filmArgs(film), cameraRefused])
    await hand.press(scan)
    await shows(hand, words('common.scan.problem.denied'))
    expect(await hand.offers(words('common.scan.picture'))).toBe(true)
    for (const way of ['home', 'name', 'often'])
      expect(await hand.offers(words(`gate.ask.${way}`))).toBe(true)
  })

  it('goes on once it is allowed, without being opened again', async () => {
    await reopen([...filmArgs(film), cameraAllowed])
    await hand.page.evaluate(() => {
      const { mediaDevices } = navigator
      // Only once; then the browser's own stands there again.
      mediaDevices.getUserMedia = () => {
        Reflect.deleteProperty(mediaDevices, 'getUserMedia')
        return Promise.reject(new DOMException('refused', 'NotAllowedError'))
      }
    })
    await hand.press(scan)
    await shows(hand, words('common.scan.problem.denied'))
    await hand.press(words('common.scan.again'))
    await isChosen()
  })

  it('reads a home’s code without a network, with the decoder that came with the app', async () => {
    writeFilm(film, codeOf(household), sharp)
    await scene.server.stop()
    await reopen([...filmArgs(film), cameraAllowed])
    expect(await hand.page.evaluate(() => 'BarcodeDetector' in globalThis)).toBe(false)
    await hand.press(scan)
    await isChosen()
  })

  it('reads it in the dark, askew and out of focus, also where the browser gives no frames', async () => {
    writeFilm(film, codeOf(household), dim)
    await hand.press(scan)
    await isChosen()
    expect(await hand.page.evaluate(() => Reflect.deleteProperty(globalThis, 'VideoFrame'))).toBe(true)
    await hand.press(scan)
    await isChosen()
  })

  it('says plainly that a code says nothing here, looks on, and lets go of the camera with the next way', async () => {
    writeFilm(film, 'https://code.example/42', sharp)
    await hand.press(scan)
    await shows(hand, words('gate.scan.unknown'))
    const stream = await hand.page.evaluateHandle(() => document.querySelector('video')?.srcObject ?? null)
    const states = (): Promise<string[]> =>
      stream.evaluate((s) => (s instanceof MediaStream ? s.getTracks().map((t) => t.readyState) : []))
    expect(await states()).toEqual(['live'])
    await hand.press(words('gate.ask.home'))
    await until('the camera is off', async () => (await states()).join() === 'ended')
  })

  it('says of a code of ours whose home is not here that it is not here', async () => {
    writeFilm(film, codeOf(uuid()), sharp)
    await hand.press(scan)
    await shows(hand, words('gate.scan.goneHome'))
    await hand.press(words('gate.ask.home'))
  })

  it('asks another way after a tap on a scanned household, while its code is still in view', async () => {
    writeFilm(film, codeOf(household), sharp)
    await hand.press(scan)
    await isChosen()
    expect(await hand.page.getByRole('button', { name: words('gate.ask.home'), pressed: true }).count()).toBe(
      1,
    )
  })

  it('writes down the household and that it was scanned', async () => {
    writeFilm(film, codeOf(household), sharp)
    await hand.press(scan)
    await hand.press(words('gate.act.admit'))
    await shows(hand, words('gate.verdict.saved'))
    await scene.server.start()
    await airplane(phone, false)
    await until('the centre has it', async () => (await scene.atCentre()).length === 1, 60_000)
    const facts = await scene.place.coordinator.facts(scene.place.logbook)
    expect(facts.find((fact) => fact.kind === 'passage')?.body).toMatchObject({
      how: 'scan',
      household,
      home,
    })
  })

  it('says that codes can’t be read where the decoder does not start', async () => {
    await phone.context.addInitScript(() => void Reflect.deleteProperty(globalThis, 'Worker'))
    await hand.goto(`${scene.origin}/gate`)
    await hand.press(scan)
    await shows(hand, words('common.scan.problem.reader'))
    expect(await hand.offers(words('common.scan.again'))).toBe(true)
  })

  it('complained of nothing', () => {
    expect(phone.complaints).toEqual([])
  })
})
