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

  it('nothing scrolls sideways at 320 px or in landscape, in traditional Chinese and with forced colours', async () => {
    expect(await tooWide(scene.coordinator, scene.origin, deskScreens)).toEqual([])
  })
})
