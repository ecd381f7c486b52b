import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDays, mondayOf } from '../../src/domain/rules/localMoment.ts'
import { localTime } from '../../src/domain/rules/localTime.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, type Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { join } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

interface Volunteer {
  phone: Phone
  hand: ChromiumHand
}

describe('a roster, from the desk to two volunteers who want the same place', () => {
  const scene = new Scene()
  const post = 'Sample corner'
  const nextMonday = addDays(mondayOf(localTime(Date.now(), 'Asia/Shanghai').day), 7)
  let desk: ChromiumHand
  let [first, second] = [] as unknown as [Volunteer, Volunteer]

  async function enrolled(role: 'coordinator' | 'volunteer', name: string, wide = false): Promise<Volunteer> {
    const phone = scene.newPhone(wide ? { width: 1280, height: 800 } : {})
    const hand = new ChromiumHand(await phone.switchOn())
    const { coordinator } = scene.place
    await join(hand, await coordinator.invite(role, coordinator.community, name, scene.origin), name)
    await hand.press(words('enrol.begin'))
    return { phone, hand }
  }

  beforeAll(async () => {
    await scene.begin()
    ;({ hand: desk } = await enrolled('coordinator', 'Sample office', true))
    first = await enrolled('volunteer', 'Ann Sample')
    second = await enrolled('volunteer', 'Ben Sample')
  }, 240_000)
  afterAll(() => scene.end())

  it('the coordinator makes a post, and it gets a code that can be typed', async () => {
    await desk.goto(`${scene.origin}/desk/posts/new`)
    await desk.fill(words('desk.post.name'), post)
    await desk.press(words('common.save'))
    await desk.press(post)
    await shows(desk, words('plan.code'))
    expect(await desk.text()).toMatch(/[0-9A-Z]{4} [0-9A-Z]{4}/)
  })

  it('and a week of turns on it, which copied to the next doubles nothing', async () => {
    await desk.goto(`${scene.origin}/desk/roster/new?day=${nextMonday}`)
    await desk.press(`Sample community · ${post}`)
    await desk.press(words('plan.repeat.daily'))
    await shows(desk, 'Makes 7 turns')
    await desk.press(words('plan.make'))
    await shows(desk, '7 turns')
    await desk.press(words('plan.copyWeek'))
    await desk.press(words('plan.copy'))
    await desk.press(words('plan.copyWeek'))
    await shows(desk, 'Makes 0 turns')
    await shows(desk, '7 are there already and stay')
    await desk.press(words('common.close'))
  })

  /** Opens the first open turn; all of them are alike, so it is the same for both. */
  async function openFirst({ hand }: Volunteer): Promise<void> {
    await hand.press(words('roster.nav.open'))
    await shows(hand, post)
    await hand.page.getByRole('main').getByRole('listitem').first().getByRole('button').click()
    await shows(hand, words('roster.take'))
  }

  it('two volunteers take the same last place without a network; each is told that it waits', async () => {
    for (const one of [first, second]) {
      await shows(one.hand, words('roster.scanIn'))
      await one.hand.press(words('roster.nav.open'))
      await shows(one.hand, '14 open turns')
      await airplane(one.phone, true)
      await openFirst(one)
      await one.hand.press(words('roster.take'))
      await shows(one.hand, words('roster.state.asked'))
    }
  })

  it('the first to reach the centre has it, the other is told that it is full (failure mode 38)', async () => {
    await airplane(first.phone, false)
    await shows(first.hand, words('roster.state.mine'), 30_000)
    await airplane(second.phone, false)
    await shows(second.hand, words('roster.state.next'), 30_000)
    await desk.goto(`${scene.origin}/desk/roster?week=${nextMonday}`)
    await shows(desk, '1 of 1')
    await desk.page.locator('td .admit').first().click()
    await shows(desk, 'Ann Sample')
    // The desk may have been opened before what the second one sent had come to it.
    await shows(desk, 'Ben Sample')
  })

  it('giving back moves the next one up without a tap, and who wants it again is told their place in line first', async () => {
    await first.hand.press(words('roster.giveBack'))
    await shows(first.hand, words('roster.giveBackAsk'))
    await first.hand.press(words('roster.giveBack'))
    await shows(second.hand, words('roster.state.mine'), 30_000)
    await shows(first.hand, words('roster.wouldBe.next'), 30_000)
    await first.hand.press(words('common.close'))
    await first.hand.press('Also 1 full turn')
    await shows(first.hand, words('roster.wouldBe.next'))
    await second.hand.press(words('common.close'))
    await second.hand.press(words('roster.nav.today'))
    await shows(second.hand, words('roster.next'))
  })

  it('the coordinator gives a turn by hand, moves it and cancels it; each is told on the phone until it was seen', async () => {
    await desk.goto(`${scene.origin}/desk/roster?week=${nextMonday}`)
    await desk.page.locator('td .refuse').first().click()
    await desk.press(words('plan.assign'))
    await desk.press('Ann Sample')
    await shows(desk, words('plan.takeOff'))
    await first.hand.goto(`${scene.origin}/turns`)
    await shows(first.hand, words('roster.state.mine'), 30_000)
    await desk.press(words('plan.changeTurn'))
    await desk.fill(words('plan.until'), '23:30')
    await desk.press(words('common.save'))
    await shows(first.hand, words('roster.changedTag'), 30_000)
    await first.hand.press(words('roster.nav.today'))
    await shows(first.hand, words('roster.changed', { was: '' }).trim())
    await first.hand.press(words('roster.gotIt'))
    await until('it was seen', async () => !(await first.hand.text()).includes(words('roster.gotIt')))
    await desk.press(words('plan.cancelTurn'))
    await shows(desk, words('plan.cancelText'))
    await desk.press(words('plan.cancelTurn'))
    await shows(first.hand, words('roster.gotIt'), 30_000)
    expect(await first.hand.text()).toContain(words('roster.state.cancelled'))
  })

  it('the grid is walked with arrow keys', async () => {
    await desk.goto(`${scene.origin}/desk/roster?week=${nextMonday}`)
    const { page } = desk
    await page.locator('td button').first().focus()
    const column = () => page.evaluate(() => document.activeElement?.closest('td')?.cellIndex)
    const before = await column()
    await page.keyboard.press('ArrowRight')
    expect(await column()).toBe((before ?? 0) + 1)
    await page.keyboard.press('ArrowLeft')
    expect(await column()).toBe(before)
  })

  it('nothing was complained of', () => {
    expect([...first.phone.complaints, ...second.phone.complaints]).toEqual([])
  })
})
