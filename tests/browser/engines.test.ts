import { v4 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logbookId } from '../../src/domain/logbooks.ts'
import { pictureFile, sharp } from '../support/cameraFilm.ts'
import { openFirefox } from '../support/firefox.ts'
import { FirefoxHand, give, shows, WebKitHand, type Hand } from '../support/hand.ts'
import { openOwn } from '../support/ownEngine.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, figures, joinGate } from '../support/story.ts'
import { WebKit } from '../support/webkit.ts'
import { words } from '../support/words.ts'

interface Engine {
  hand: Hand
  end(): Promise<void>
}

async function firefox(): Promise<Engine> {
  const own = await openOwn('firefox')
  if (own) return own
  const { browser, page } = await openFirefox()
  return { hand: new FirefoxHand(page), end: () => browser.close() }
}

async function webkit(): Promise<Engine> {
  const own = await openOwn('webkit')
  if (own) return own
  const browser = new WebKit()
  await browser.start()
  return { hand: new WebKitHand(browser.driver), end: () => browser.end() }
}

describe.each([
  ['Firefox', firefox],
  ['WebKit', webkit],
])('enrol, log and scan offline, sync in %s', (_name, open) => {
  const scene = new Scene()
  const [home, household] = ['3-2-503', uuid()]
  let engine: Engine

  beforeAll(async () => {
    await scene.begin()
    const { coordinator, compound } = scene.place
    const logbook = logbookId('homes', compound)
    await coordinator.save([
      { kind: 'household', logbook, record: household, body: { home, people: [{ name: '样本乙' }] } },
    ])
    engine = await open()
  })
  afterAll(async () => {
    await engine.end()
    await scene.end()
  })

  it('is enrolled and ready for offline', async () => {
    const link = await scene.invite('Sample guard')
    await joinGate(engine.hand, link, 'Sample guard', scene.place.gateName)
    expect(await engine.hand.text()).toContain(scene.place.gateName)
  })

  it('logs while the centre is away, also after the page was loaded again', async () => {
    await scene.server.stop()
    scene.network.change('down')
    await admitHome(engine.hand, '3-2-501')
    await engine.hand.reload()
    await admitHome(engine.hand, '3-2-502')
    expect(await figures(engine.hand, scene.origin)).toEqual({ logged: 2, received: 0 })
  })

  it('sends it all when the centre is back', async () => {
    await scene.server.start()
    scene.network.change('through')
    await engine.hand.press(words('sync.tryNow'))
    await shows(engine.hand, words('sync.pill.sent'), 60_000)
    expect(await figures(engine.hand, scene.origin)).toEqual({ logged: 2, received: 2 })
    expect(await scene.atCentre()).toHaveLength(2)
  })

  it('reads a home’s code from a picture, with the decoder that came with the app', async () => {
    expect(await engine.hand.run("'BarcodeDetector' in globalThis")).toBe(false)
    await scene.server.stop()
    await engine.hand.goto(`${scene.origin}/gate`)
    await engine.hand.press(words('gate.ask.scan'))
    await give(engine.hand, pictureFile('x', { ...sharp, ink: 230 }))
    await shows(engine.hand, words('common.scan.nothing'))
    await give(engine.hand, pictureFile(`GP:H:${household}`.toUpperCase(), sharp))
    await engine.hand.press(`${home} ${words('gate.who.back')}`)
    await shows(engine.hand, words('gate.ask.home'))
  })
})
