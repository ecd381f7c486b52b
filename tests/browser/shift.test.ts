import { v7 as uuid } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { logbookId } from '../../src/domain/logbooks.ts'
import { shows, type ChromiumHand } from '../support/hand.ts'
import { saveInPage } from '../support/pageStore.ts'
import type { Phone } from '../support/phone.ts'
import { Scene } from '../support/scene.ts'
import { admitHome, admitPlate, typeHome } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

/** As a scanner on a cable types: a key every 5 ms by the events' own clock, and Enter. */
const scanBySide = (who: ChromiumHand, text: string): Promise<void> =>
  who.page.evaluate((keys) => {
    for (const [n, key] of [...keys, 'Enter'].entries()) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true })
      Object.defineProperty(event, 'timeStamp', { value: n * 5 })
      document.body.dispatchEvent(event)
    }
  }, text)

describe('a guard’s shift', () => {
  const scene = new Scene()
  const household = uuid()
  let phone: Phone
  let hand: ChromiumHand
  let next: ChromiumHand

  const open = (path: string, who = hand): Promise<void> => who.goto(`${scene.origin}/gate${path}`)
  /** A row of a list by what stands in it. */
  const tapRow = (who: ChromiumHand, text: string): Promise<void> =>
    who.page.getByRole('main').getByRole('button', { name: text }).click()
  /** Bodies of the facts of a kind at the centre, oldest first. */
  const bodies = async (kind: string): Promise<Record<string, unknown>[]> =>
    (await scene.place.coordinator.facts(scene.place.logbook))
      .filter((fact) => fact.kind === kind)
      .map((fact) => fact.body)
  const arrived = (kind: string, count: number): Promise<boolean> =>
    until(`${count} of ${kind} at the centre`, async () => (await bodies(kind)).length === count)

  beforeAll(async () => {
    await scene.begin()
    const { coordinator, compound } = scene.place
    const logbook = logbookId('homes', compound)
    const body = { home: '3-2-503', people: [{ name: '样本乙' }] }
    await coordinator.save([{ kind: 'household', logbook, record: household, body }])
    ;({ phone, hand } = await scene.guard('Sample guard'))
    next = (await scene.guard('Next sample guard')).hand
  })
  afterAll(() => scene.end())

  it('takes the last entry back within ten seconds, and the answers come back to be changed', async () => {
    await typeHome(hand, '3-2-501')
    await hand.press(words('gate.act.admit'))
    await hand.press('Undo')
    await shows(hand, words('gate.verdict.undone'))
    await shows(hand, '3-2-501')
    await hand.press(words('gate.purpose.visitor'))
    await hand.press(words('gate.act.admit'))
    await shows(hand, words('gate.verdict.saved'))
    await arrived('passage', 2)
    expect(await bodies('correction')).toMatchObject([{ retract: true, why: 'undo' }])
  })

  it('corrects an entry later; the first one stays readable, on this phone and on the next guard’s', async () => {
    await open('')
    await admitPlate(hand, '京A12345')
    await open('/log')
    await tapRow(hand, '京A·12345')
    await hand.press(words('gate.entry.correct'))
    await hand.fill(words('gate.entry.plate'), '京A12346')
    await hand.press(words('gate.correct.save'))
    const change = words('gate.entry.changed', { field: 'Plate', from: '京A12345', to: '京A12346' })
    await shows(hand, change)
    await open('/log', next)
    await tapRow(next, '京A·12346')
    await shows(next, change)
    await arrived('correction', 2)
  })

  it('hears a hand scanner that types, whatever the question is', async () => {
    await open('')
    await shows(hand, words('gate.ask.home'))
    await scanBySide(hand, `GP:H:${household}`.toUpperCase())
    await shows(hand, '3-2-503')
    await hand.press(words('gate.act.admit'))
    await arrived('passage', 4)
    expect((await bodies('passage')).at(-1)).toMatchObject({ how: 'scan', household, home: '3-2-503' })
  })

  it('logs an entry anew that the centre could not take, with its time', async () => {
    const { gate: post, logbook } = scene.place
    const at = Date.now() - 3_600_000
    const odd = { post, way: 'in', subject: 'person', how: 'home', home: '1-1-101', celsius: '36,5' }
    await saveInPage(hand.page, [{ kind: 'passage', logbook, at, body: { ...odd, decision: 'admit' } }])
    await hand.goto(`${scene.origin}/records`)
    await hand.press(`${words('common.kind.passage')} · 1-1-101`)
    await hand.press(words('sync.fix'))
    await hand.press(words('gate.entry.correct'))
    await hand.fill(words('gate.temperature'), '36.5')
    await hand.press(words('gate.correct.saveAnew'))
    await arrived('passage', 5)
    expect((await bodies('passage')).at(-1)).toMatchObject({ home: '1-1-101', celsius: 36.5 })
    const facts = await scene.place.coordinator.facts(logbook)
    expect(facts.at(-1)?.at).toBe(at)
    await hand.goto(`${scene.origin}/records`)
    await shows(hand, words('sync.pill.sent'))
  })

  it('hands over with a word, and the next guard confirms on another phone', async () => {
    await open('/handover')
    await hand.fill(words('gate.handover.note'), 'Sample word')
    // Somebody comes: the word stands there afterwards, and is not dropped unasked by leaving the gate.
    await hand.press(words('gate.tab.gate'))
    await typeHome(hand, '3-2-501')
    await hand.press(words('gate.tab.handover'))
    await hand.page.getByRole('link', { name: words('sync.pill.sent') }).click()
    await shows(hand, words('common.leave.title'))
    const kept = hand.page.getByRole('button', { name: words('common.leave.stay') })
    expect(await kept.evaluate((button) => button === document.activeElement)).toBe(true)
    await hand.page.keyboard.press('Enter')
    await hand.press(words('gate.handover.give'))
    await shows(hand, words('gate.handover.waiting'))
    await open('/handover', next)
    await shows(next, 'Sample word')
    await next.press(words('gate.handover.confirm'))
    await shows(next, 'Taken over by Next sample guard')
    // Names are masked on other guards' phones.
    await shows(hand, 'Taken over by N*')
    await arrived('handoverConfirmed', 1)
  })

  it('goes on while nobody has taken over: an unconfirmed sheet keeps no gate shut', async () => {
    await open('')
    await admitHome(hand, '3-2-502')
    await arrived('passage', 6)
    expect(phone.complaints).toEqual([])
  })
})
