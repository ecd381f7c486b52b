import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join as inFolder } from 'node:path'
import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { logbookId } from '../../src/domain/logbooks.ts'
import { groupedCode, readShortCode } from '../../src/domain/rules/duty/shortCode.ts'
import { cameraAllowed, filmArgs } from '../support/cameraFilm.ts'
import { newFolder, removeFolder } from '../support/folders.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import type { Phone } from '../support/phone.ts'
import { photographed, printed, views, writePictures } from '../support/posterFilm.ts'
import { Scene } from '../support/scene.ts'
import { join } from '../support/story.ts'
import { words } from '../support/words.ts'

/** A4 in CSS pixels, 96 to the inch. */
const a4 = { width: 794, height: 1123 }
const names = ['东头帐篷', 'Sample checkpoint at the long northern approach road']

/** What the phones' decoder reads in a picture. */
async function read(picture: Buffer): Promise<string[]> {
  const found = await readBarcodes(new Uint8Array(picture), { formats: ['QRCode'], maxNumberOfSymbols: 4 })
  return found.map((one) => one.text)
}

describe('posters', () => {
  const scene = new Scene()
  let laptop: Phone
  let desk: ChromiumHand

  beforeAll(async () => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    const binary = readFileSync(wasm)
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(binary).buffer } })
    await scene.begin()
    const { coordinator } = scene.place
    const { community } = coordinator
    const logbook = logbookId('duty', community)
    await coordinator.save(
      names.map((name) => ({
        ...{ kind: 'post', logbook, record: uuid() },
        body: { type: 'checkpoint', name, place: community },
      })),
    )
    const { gate: post } = scene.place
    const starts = Date.now()
    const body = { post, starts, ends: starts + 4 * 3_600_000, heads: 1 }
    await coordinator.save([{ kind: 'shift', logbook, body }])
    laptop = scene.newPhone({ width: 1280, height: 800, dark: true })
    desk = new ChromiumHand(await laptop.switchOn())
    const link = await coordinator.invite('coordinator', community, 'Sample office', scene.origin)
    await join(desk, link, 'Sample office')
    await desk.press(words('enrol.begin'))
    await desk.goto(`${scene.origin}/desk/posts`)
    await shows(desk, '3 posts')
    await desk.press('Print 3 posters')
    await shows(desk, words('plan.posterDo'))
  }, 240_000)
  const folder = newFolder('film')
  afterAll(async () => {
    await scene.end()
    removeFolder(folder)
  })

  it('each code is read back from what is printed, and is what stands beneath it', async () => {
    const { page } = desk
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize(a4)
    for (const name of [...names, scene.place.gateName]) {
      const poster = page.locator('article', { hasText: name })
      const link = (await read(await poster.screenshot()))[0] ?? ''
      expect(link).toMatch(new RegExp(`^${scene.origin}/p/[0-9A-Z]+$`))
      const code = link.slice(link.lastIndexOf('/') + 1)
      expect(readShortCode(code)).toBe(code)
      expect(await poster.innerText()).toContain(groupedCode(code))
    }
  })

  it('the PDF has one A4 page each, and the roster one in landscape', async () => {
    const { page } = desk
    const pagesOf = async (): Promise<string[]> => {
      const text = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
      return [...text.matchAll(/\/MediaBox\s*\[([\d. ]+)\]/g)].map(([, box = '']) => box)
    }
    const size = (box: string): number[] =>
      box
        .trim()
        .split(/\s+/)
        .slice(2)
        .map((n) => Math.round(Number(n)))
    const upright = [595, 842]
    expect((await pagesOf()).map(size)).toEqual([upright, upright, upright])
    await desk.goto(`${scene.origin}/desk/print/roster`)
    await shows(desk, scene.place.gateName)
    expect((await pagesOf()).map(size)).toEqual([[842, 595]])
    await page.goBack()
    await shows(desk, words('plan.posterDo'))
  })

  it('ink on white, though the laptop is dark', async () => {
    const { page } = desk
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const colours = await page
      .locator('article h2')
      .first()
      .evaluate((title) => {
        const { color } = getComputedStyle(title)
        return [color, getComputedStyle(document.body).backgroundColor]
      })
    expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
  })
  it('a phone’s camera reads it as it hangs there: sharp, out of focus, askew, in low light', async () => {
    const film = inFolder(folder, 'film.mjpeg')
    const shots = Object.values(views)
    const pictures = await photographed(laptop.context, await printed(desk.page, 'article'), shots)
    const phone = scene.newPhone()
    const hand = new ChromiumHand(await phone.switchOn([...filmArgs(film), cameraAllowed]))
    const { community } = scene.place.coordinator
    const link = await scene.place.coordinator.invite(
      'volunteer',
      community,
      'Sample volunteer',
      scene.origin,
    )
    await join(hand, link, 'Sample volunteer')
    await hand.press(words('enrol.begin'))
    // The first signs in; each of the others is told that the phone knows this, by the code alone.
    for (const [n, picture] of pictures.entries()) {
      writePictures(film, [picture, picture, picture])
      await hand.goto(`${scene.origin}/checkin`)
      await shows(hand, words(n === 0 ? 'checkin.done.in' : 'checkin.done.already'))
    }
  })
})
