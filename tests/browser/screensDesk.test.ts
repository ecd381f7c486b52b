import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskScreens } from '../support/deskScreens.ts'
import { SampleScene } from '../support/sampleScene.ts'
import { complaintsOn, usual } from '../support/screens.ts'

describe('every screen of a coordinator’s desk, in both themes', () => {
  const scene = new SampleScene()
  beforeAll(() => scene.begin(), 240_000)
  afterAll(() => scene.end())

  it.each(Object.entries(deskScreens))('%s', async (_name, screen) => {
    expect(await complaintsOn(scene.coordinator, scene.origin, screen, usual)).toEqual([])
  })
})
