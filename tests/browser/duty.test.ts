import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { logbookId } from '../../src/domain/logbooks.ts'
import { addDays } from '../../src/domain/rules/localMoment.ts'
import { localTime } from '../../src/domain/rules/localTime.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { join } from '../support/story.ts'
import { words } from '../support/words.ts'

const hour = 3_600_000

describe('people on duty, from the board to the export', () => {
  const scene = new Scene()
  const [post, turn, unit] = [v7(), v7(), v7()]
  const yesterday = addDays(localTime(Date.now(), 'Asia/Shanghai').day, -1)
  let [desk, lead] = [] as unknown as [ChromiumHand, ChromiumHand]
  let leadPhone: Phone

  async function enrolled(role: 'coordinator' | 'volunteer', name: string, wide: boolean) {
    const phone = scene.newPhone(wide ? { width: 1280, height: 800 } : {})
    const hand = new ChromiumHand(await phone.switchOn())
    const { coordinator } = scene.place
    await join(hand, await coordinator.invite(role, coordinator.community, name, scene.origin), name)
    await hand.press(words('enrol.begin'))
    return { phone, hand }
  }

  async function memberCalled(name: string): Promise<string> {
    const { installs } = (await scene.place.coordinator.get('/api/v1/installs')) as {
      installs: { name: string; member: string }[]
    }
    return installs.find((install) => install.name === name)?.member ?? ''
  }

  beforeAll(async () => {
    await scene.begin()
    ;({ hand: desk } = await enrolled('coordinator', 'Sample office', true))
    ;({ hand: lead, phone: leadPhone } = await enrolled('volunteer', 'Lead Sample', false))
    const { coordinator } = scene.place
    const logbook = logbookId('duty', coordinator.community)
    const now = Date.now()
    const unitBody = {
      type: 'firm',
      name: 'Sample firm',
      daily: true,
      leads: [await memberCalled('Lead Sample')],
    }
    await coordinator.save([
      {
        kind: 'post',
        logbook,
        record: post,
        body: { type: 'supplies', name: 'Sample depot', place: coordinator.community },
      },
      { kind: 'unit', logbook, record: unit, body: unitBody },
      {
        kind: 'shift',
        id: turn,
        logbook,
        body: { post, starts: now - hour, ends: now + 6 * hour, heads: 2 },
      },
    ])
  }, 240_000)
  afterAll(() => scene.end())

  it('a post where nobody stands comes first; somebody comes, and the board says so without a tap', async () => {
    await desk.goto(`${scene.origin}/desk/duty`)
    await shows(desk, 'Sample depot')
    await shows(desk, words('duty.cover.empty'))
    const { coordinator } = scene.place
    await coordinator.save([
      {
        kind: 'checkIn',
        logbook: logbookId('duty', coordinator.community),
        body: { post, name: 'Ann Sample', way: 'leader', shift: turn },
      },
    ])
    await shows(desk, words('duty.cover.short'))
    await shows(desk, /1\s*\/\s*2/)
  })

  it('each figure leads to its entries, where hours are put right and both versions stay', async () => {
    await desk.press('Sample depot')
    await desk.page.getByRole('button', { name: /Ann Sample/ }).click()
    await desk.press(words('duty.hours.edit'))
    const came = desk.page.getByLabel(words('duty.field.came'), { exact: true })
    await came.fill(`${yesterday}T23:50`)
    await desk.press(words('duty.hours.save'))
    await shows(desk, words('desk.entry.first'))
    await shows(desk, 'Sample office')
    await desk.press(words('common.close'))
  })

  it('rows of a paper sheet are typed by keyboard; a bad one says why and outlives the window', async () => {
    await desk.goto(`${scene.origin}/desk/duty/paper`)
    const { page } = desk
    await page
      .getByLabel(words('duty.post'), { exact: true })
      .selectOption({ label: 'Sample community Sample depot' })
    await page.getByLabel(words('duty.day'), { exact: true }).fill(yesterday)
    await page.getByLabel(words('common.name'), { exact: true }).first().focus()
    for (const text of ['Paper Sample', '830', '1215', 'umbrella', 'Bad Sample', '99'])
      await page.keyboard.type(text).then(() => page.keyboard.press('Enter'))
    await shows(desk, words('duty.paper.wrong.unreadable'))
    await desk.press('Save 1 row')
    await shows(desk, '1 row saved')
    await desk.reload()
    const names = page.getByLabel(words('common.name'), { exact: true })
    await expect.poll(() => names.first().inputValue()).toBe('Bad Sample')
    await shows(desk, words('duty.paper.wrong.unreadable'))
  })

  it('a unit’s lead signs a group in without a network; the desk has it when there is one', async () => {
    await airplane(leadPhone, true)
    await lead.goto(`${scene.origin}/me`)
    await lead.press(words('units.signIn'))
    await lead.fill(words('units.names'), 'Sample one\nSample two')
    await lead.fill(words('units.headsBeyond'), '7')
    await lead.press(words('units.signInNow'))
    await shows(lead, 'Sample firm is signed in')
    await airplane(leadPhone, false)
    await desk.goto(`${scene.origin}/desk/units`)
    await shows(desk, '2 named + 7', 60_000)
  })

  it('everything is in the export', async () => {
    await desk.goto(`${scene.origin}/desk/duty`)
    await desk.press(words('desk.export.title'))
    await desk.page.getByLabel(words('common.from'), { exact: true }).fill(yesterday)
    await desk.press('CSV')
    const download = desk.page.waitForEvent('download')
    await desk.press(words('common.download'))
    const text = readFileSync(await (await download).path(), 'utf8')
    expect(text).toMatch(new RegExp(`${yesterday},Supplies,Sample depot,.*Paper Sample`))
    expect(text).toContain('Ann Sample')
    expect(text).not.toContain('Bad Sample')
  })

  it('the sign-in sheet prints on A4 without anything of the screen', async () => {
    await desk.goto(`${scene.origin}/desk/print/sheet`)
    const { page } = desk
    await page
      .getByLabel(words('duty.post'), { exact: true })
      .selectOption({ label: 'Sample community Sample depot' })
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('button', { name: words('duty.sheet.print') }).isVisible()).toBe(false)
    expect(await page.locator('.sheet').count()).toBe(1)
    const box = await page.locator('.sheet tbody tr').last().boundingBox()
    // 297 mm less the margins, at 96 px to the inch.
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThan(1032)
    await page.emulateMedia({ media: 'screen' })
  })
})
