import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginWithSample, inviteGuard } from '../support/desk.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { Phone } from '../support/phone.ts'
import { Server } from '../support/server.ts'
import { admitPlate, join } from '../support/story.ts'
import { words } from '../support/words.ts'

const desk = { width: 1280, height: 800 }

/** `2026-11-20`, some days ago by the community's clock. */
const dayBefore = (days: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() - days * 86_400_000)

describe('a coordinator’s first day', () => {
  const server = new Server()
  const laptop = new Phone(desk)
  const phone = new Phone()
  let coordinator: ChromiumHand
  let guard: ChromiumHand

  beforeAll(async () => {
    await server.start()
    coordinator = new ChromiumHand(await laptop.switchOn())
    guard = new ChromiumHand(await phone.switchOn())
  })
  afterAll(async () => {
    await laptop.end()
    await phone.end()
    await server.end()
  })

  it('enrols by the set-up link and loads the sample neighbourhood, all of it at the centre', async () => {
    await beginWithSample(coordinator, server.setupLink())
    await shows(coordinator, words('desk.chart.title'))
    await coordinator.goto(`${server.origin}/records`)
    const shown = await shows(coordinator, words('sync.logged'))
    const figure = (label: string): string | undefined => new RegExp(`${label}\\s+([\\d,]+)`).exec(shown)?.[1]
    expect(Number(figure(words('sync.logged'))?.replaceAll(',', ''))).toBeGreaterThan(1_000)
    expect(figure(words('sync.received'))).toBe(figure(words('sync.logged')))
  })

  it('invites a guard, whose entry appears on the coordinator’s log without a tap', async () => {
    const link = await inviteGuard(coordinator, server.origin, 'Sample guard')
    await join(guard, link, 'Sample guard')
    await guard.press(words('enrol.begin'))
    await shows(guard, words('gate.choose.title'))
    await guard.page.getByRole('main').getByRole('button').first().click()
    await shows(guard, words('gate.ask.home'))
    await coordinator.goto(`${server.origin}/desk/log`)
    // The sample's gates start the plate with the usual first character.
    await admitPlate(guard, 'A98765')
    await shows(coordinator, 'A·98765', 5_000)
  })

  it('exports the gate’s logbook as CSV', async () => {
    await coordinator.press(words('desk.export.title'))
    await coordinator.fill(words('common.from'), dayBefore(2))
    await coordinator.press('CSV')
    const download = coordinator.page.waitForEvent('download')
    await coordinator.press(words('common.download'))
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text.split('\r\n').length).toBeGreaterThan(100)
  })

  it('sees the guard’s phone and shuts it out; the phone says so', async () => {
    await coordinator.goto(`${server.origin}/desk/people?tab=phones`)
    await coordinator.press('Sample guard')
    await coordinator.press(words('desk.phone.revoke'))
    await shows(coordinator, words('desk.remove.keep'))
    await coordinator.press(words('desk.phone.revoke'))
    await shows(coordinator, words('desk.phone.revoked'))
    await guard.goto(`${server.origin}/records`)
    await shows(guard, words('sync.revoked'), 30_000)
  })

  it('nothing was complained of on either', () => {
    expect([...laptop.complaints, ...phone.complaints]).toEqual([])
  })
})
