import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskScreens } from '../support/deskScreens.ts'
import { SampleScene } from '../support/sampleScene.ts'
import { complaintsOn, large, tooWide } from '../support/screens.ts'

describe('every screen of a coordinator’s desk on a phone, at 200 % text', () => {
  const scene = new SampleScene({})
  beforeAll(() => scene.begin(), 240_000)
  afterAll(() => scene.end())

  it.each(Object.entries(deskScreens))('%s', async (_name, screen) => {
    expect(await complaintsOn(scene.coordinator, scene.origin, screen, large)).toEqual([])
  })

  it('a card of a table answers wherever it is touched, and a figure on its own', async () => {
    const { coordinator } = scene
    await coordinator.goto(`${scene.origin}/desk/board`)
    const card = coordinator.page.locator('tbody tr').first()
    const box = await card.boundingBox()
    expect(box?.height).toBeGreaterThanOrEqual(48)
    await card.click({ position: { x: (box?.width ?? 0) - 8, y: 8 } })
    await coordinator.page.waitForURL(/\/desk\/log\?gate=[^&]+&what=all$/)
    await coordinator.page.goBack()
    await card.locator('a.figure').first().click()
    await coordinator.page.waitForURL(/what=(passage|inside|fever)$/)
  })

  it('nothing scrolls sideways at 320 px or in landscape, in traditional Chinese and with forced colours', async () => {
    expect(await tooWide(scene.coordinator, scene.origin, deskScreens)).toEqual([])
  })
})
