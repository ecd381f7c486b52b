import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { logbookId } from '../../src/domain/logbooks.ts'
import { makeShortCode } from '../../src/domain/rules/duty/shortCode.ts'
import { cameraAllowed, filmArgs } from '../../tests/support/cameraFilm.ts'
import { newFolder, removeFolder } from '../../tests/support/folders.ts'
import { ChromiumHand, shows } from '../../tests/support/hand.ts'
import type { Phone } from '../../tests/support/phone.ts'
import { photographed, printed, views, writePictures, type View } from '../../tests/support/posterFilm.ts'
import { Scene } from '../../tests/support/scene.ts'
import { join as joined } from '../../tests/support/story.ts'
import { words } from '../../tests/support/words.ts'
import { quantile } from '../lib/stats.ts'
import { boardDay } from './boardDay.ts'
import { lookOn, rubbishArgs } from './scanMemory.ts'
import { noteVerdict } from './scanPage.ts'
import { slowDown, slowDecoder } from './slowDown.ts'

const slower = 4
const scans = 30
const pageOf = 100
const framesPerSecond = 30
/** The code is in the picture this long, s: then the film begins again with the wall. */
const inFrameS = 4

interface Scanning {
  scene: Scene
  phone: Phone
  hand: ChromiumHand
  film: string
  wall: readonly Buffer[]
  posters: readonly Buffer[]
}

/**
 * A volunteer's phone with a day of check-ins, a camera that is shown the poster as printed, the bundled decoder,
 * processor 4 times slower. `p50_ms`, `p95_ms`: from the capture of the first frame with the code, at a random moment, until
 * *signed in* is painted; each scan is saved and then taken back. `heap_grown_mb`, `page_grown_mb`: script memory and the page's
 * own after a tenth of `minutes` of looking on, and at their end.
 */
export async function scan(checkIns: number, minutes: number): Promise<Record<string, number>> {
  const scene = new Scene()
  const folder = newFolder('film')
  try {
    const at = await prepare(scene, join(folder, 'film.mjpeg'), checkIns)
    await slowDown(at.hand.page, slower)
    await once(at)
    const took: number[] = []
    for (let i = 0; i < scans; i++) took.push(await once(at))
    const grown = minutes > 0 ? await lookOn(at, minutes) : {}
    return { p50_ms: quantile(took, 0.5), p95_ms: quantile(took, 0.95), ...grown }
  } finally {
    await scene.end()
    removeFolder(folder)
  }
}

async function prepare(scene: Scene, film: string, checkIns: number): Promise<Scanning> {
  await scene.begin()
  const { coordinator } = scene.place
  const { community } = coordinator
  const logbook = logbookId('duty', community)
  const body = { type: 'checkpoint', name: 'East checkpoint', place: community }
  const post = randomUUID()
  const code = makeShortCode(new Uint8Array([3, 14, 15, 9, 26, 5, 8]))
  // Not yet on: a free place now would be asked about, and the verdict be a question.
  const starts = Date.now() + 3 * 3_600_000
  const turn = { post, starts, ends: starts + 4 * 3_600_000, heads: 2 }
  const { drafts } = boardDay(community, checkIns, Date.now() - 60_000)
  await coordinator.save([
    { kind: 'post', logbook, record: post, body: { ...body, code } },
    { kind: 'shift', logbook, body: turn },
  ])
  for (let i = 0; i < drafts.length; i += pageOf) await coordinator.save(drafts.slice(i, i + pageOf))
  const pictures = await poster(scene, post)
  writePictures(film, pictures.wall)
  const phone = scene.newPhone()
  const hand = new ChromiumHand(await phone.switchOn([...filmArgs(film), cameraAllowed, rubbishArgs]))
  const link = await coordinator.invite('volunteer', community, 'Sample volunteer', scene.origin)
  await joined(hand, link, 'Sample volunteer')
  await hand.press(words('enrol.begin'))
  await shows(hand, words('sync.pill.sent'), 120_000)
  slowDecoder(hand.page, slower)
  await hand.page.addInitScript(noteVerdict, words('checkin.done.in'))
  await hand.goto(`${scene.origin}/checkin`)
  await shows(hand, words('checkin.scan.hold'), 120_000)
  return { scene, phone, hand, film, ...pictures }
}

/** The post's page as the desk prints it, seen by a camera that is held as people do, and the wall beside it. */
async function poster(scene: Scene, post: string): Promise<Pick<Scanning, 'wall' | 'posters'>> {
  const laptop = scene.newPhone({ width: 1280, height: 800 })
  const desk = new ChromiumHand(await laptop.switchOn())
  const { coordinator } = scene.place
  const link = await coordinator.invite('coordinator', coordinator.community, 'Sample office', scene.origin)
  await joined(desk, link, 'Sample office')
  await desk.press(words('enrol.begin'))
  await desk.goto(`${scene.origin}/desk/print/posters?posts=${post}`)
  await shows(desk, words('plan.posterDo'), 60_000)
  const page = await printed(desk.page, 'article')
  const held = (n: number): View => ({ ...views.sharp, blur: 1, turn: (n % 9) - 4, size: 1.4 + (n % 3) / 20 })
  const [walls, shots] = [Array.from({ length: 9 }, () => null), Array.from({ length: 9 }, (_, n) => held(n))]
  const drawn = await photographed(laptop.context, page, [...walls, ...shots])
  await laptop.switchOff()
  return { wall: drawn.slice(0, walls.length), posters: drawn.slice(walls.length) }
}

/** Goes on for so many frames, as a hand trembles. */
const reel = (pictures: readonly Buffer[], frames: number): Buffer[] =>
  Array.from({ length: frames }, (_, n) => pictures[n % pictures.length] ?? Buffer.alloc(0))

/** The code comes into the picture after a while that nobody knows; ms from its first frame to the verdict. */
async function once({ hand, film, wall, posters }: Scanning): Promise<number> {
  const waits = Math.round((0.7 + Math.random() * 1.3) * framesPerSecond)
  writePictures(film, [...reel(wall, waits), ...reel(posters, inFrameS * framesPerSecond)])
  const again = words('checkin.ask.scanAgain')
  if (await hand.offers(again)) await hand.press(again)
  else await hand.reload()
  const took = await verdict(hand.page)
  await hand.press(words('checkin.done.in'))
  await hand.press(words('common.undo'))
  await shows(hand, words('checkin.undone'))
  return took
}

async function verdict(page: Page): Promise<number> {
  const took = await page.waitForFunction(() => window.scanTook ?? null, null, { timeout: 30_000 })
  await page.evaluate(() => window.nextScan?.())
  return Number(await took.jsonValue())
}
