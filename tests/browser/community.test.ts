import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inviteGuard } from '../support/desk.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import { airplane, Phone } from '../support/phone.ts'
import { Server } from '../support/server.ts'
import { admitHome, join, typeHome } from '../support/story.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

const [compound, gate, home] = ['Sample Gardens', 'Sample gate', '3-2-501']

describe('a coordinator sets a community up, and a guard works by its rules', () => {
  const server = new Server()
  const laptop = new Phone({ width: 1280, height: 800 })
  const phone = new Phone()
  const spare = new Phone()
  let coordinator: ChromiumHand
  let guard: ChromiumHand

  const openDesk = (path: string): Promise<void> => coordinator.goto(`${server.origin}/desk/${path}`)
  const pressRole = (role: 'button' | 'link', name: string): Promise<void> =>
    coordinator.page.getByRole(role, { name, exact: true }).first().click()

  beforeAll(async () => {
    await server.start()
    coordinator = new ChromiumHand(await laptop.switchOn())
    guard = new ChromiumHand(await phone.switchOn())
    await join(coordinator, server.setupLink(), 'Sample coordinator')
  })
  afterAll(async () => {
    for (const one of [laptop, phone, spare]) await one.end()
    await server.end()
  })

  it('names the community and edits the tree of places: adds, renames', async () => {
    await coordinator.press(words('enrol.beginSetup'))
    await coordinator.fill(words('desk.start.nameLabel'), 'Sample community')
    await coordinator.press(words('desk.start.go'))
    await coordinator.press(words('desk.place.addCompound'))
    await coordinator.fill(words('desk.place.name'), 'Sample Court')
    await coordinator.press(words('common.save'))
    await coordinator.press('0 buildings')
    await coordinator.press(words('desk.place.addBuilding'))
    await coordinator.fill(words('desk.place.name'), 'Building 3')
    await coordinator.press(words('common.save'))
    await shows(coordinator, '1 building')
    await pressRole('button', words('common.edit'))
    await coordinator.fill(words('desk.place.name'), compound)
    await coordinator.press(words('common.save'))
    await shows(coordinator, compound)
  })

  it('lists a home, in whatever way it is written', async () => {
    await coordinator.press(words('desk.homes'))
    await coordinator.press(words('desk.home.add'))
    await coordinator.fill(words('desk.field.home'), '3号楼2单元501室')
    await coordinator.fill(words('desk.home.person', { n: 1 }), '样本甲')
    await coordinator.press(words('common.save'))
    await shows(coordinator, home)
  })

  it('creates a gate with rules of its own', async () => {
    await openDesk('places')
    await coordinator.press(words('desk.place.addGate'))
    await coordinator.fill(words('desk.gate.name'), gate)
    await coordinator.press(words('desk.gate.temperature'))
    await coordinator.fill(words('desk.gate.feverAbove'), '37.5')
    await coordinator.press(words('desk.gate.couriersOut'))
    await coordinator.press(words('common.save'))
    await shows(coordinator, words('desk.gate.feverShort', { value: '37.5' }))
  })

  it('invites a guard, whose pad asks as those rules say and advises by them', async () => {
    const link = await inviteGuard(coordinator, server.origin, 'Sample guard', compound)
    await join(guard, link, 'Sample guard')
    await guard.press(words('enrol.begin'))
    await shows(guard, gate)
    await typeHome(guard, home)
    await shows(guard, words('gate.temperature.first'))
    await guard.press('37')
    await guard.press('.5')
    expect(await guard.text()).not.toContain(words('gate.advice.refuse'))
    await guard.press(words('gate.purpose.delivery'))
    await shows(guard, words('gate.advice.courier'))
    await guard.press(words('gate.act.refuse'))
    await shows(guard, words('gate.verdict.saved'))
  })

  it('changes the rules, and the guard is no longer asked', async () => {
    await openDesk('places')
    await coordinator.press(gate)
    await coordinator.press(words('desk.gate.temperature'))
    await coordinator.press(words('common.save'))
    await shows(coordinator, compound)
    const isAsked = async (): Promise<boolean> => {
      await guard.goto(`${server.origin}/gate`)
      await typeHome(guard, home)
      await shows(guard, words('gate.act.admit'))
      return (await guard.text()).includes(words('gate.temperature.first'))
    }
    await until('nobody is measured any more', async () => !(await isAsked()))
  })

  it('withdraws an invitation: its link opens nothing any more ([EN3])', async () => {
    const link = await inviteGuard(coordinator, server.origin, 'Nobody', compound)
    await openDesk('people')
    await coordinator.press(words('desk.invite.withdraw'))
    await until('it is gone', async () => !(await coordinator.offers(words('desk.invite.withdraw'))))
    const stranger = new ChromiumHand(await spare.switchOn())
    await stranger.goto(link)
    await shows(stranger, words('problem.invitation-unknown'))
  })

  it('takes a role away while its guard is out of reach; what was logged is put aside and said (failure mode 29)', async () => {
    await guard.goto(`${server.origin}/gate`)
    await airplane(phone, true)
    await admitHome(guard, home)
    await openDesk('people')
    await coordinator.press('Sample guard')
    await coordinator.press(words('desk.people.takeRole'))
    await coordinator.press(words('common.save'))
    await shows(coordinator, words('desk.people.noRole'))
    await airplane(phone, false)
    await guard.goto(`${server.origin}/records`)
    await guard.press(words('sync.tryNow'))
    await shows(guard, words('problem.not-permitted'), 30_000)
  })

  it('saves what needs attention to a file, and sends it to the coordinator with a word', async () => {
    await guard.press(`${words('common.kind.passage')} · ${home}`)
    const download = guard.page.waitForEvent('download')
    await guard.press(words('sync.toFile'))
    const file: unknown = JSON.parse(readFileSync(await (await download).path(), 'utf8'))
    expect(file).toMatchObject({ code: 'not-permitted', entry: { kind: 'passage', body: { home } } })
    await guard.fill(words('sync.pleaNote'), 'Sample word')
    await guard.press(words('sync.plea'))
    await until(
      'it left the list',
      async () => !(await guard.text()).includes(words('problem.not-permitted')),
    )
  })

  it('reads the word, accepts the entry, and has it in the log', async () => {
    await openDesk('attention')
    await shows(coordinator, 'Sample word', 60_000)
    await shows(coordinator, words('desk.attention.pleaded'))
    await coordinator.press(words('desk.attention.accept'))
    await until('it was accepted', async () => !(await coordinator.offers(words('desk.attention.accept'))))
    await openDesk('log')
    await shows(coordinator, '2 entries')
  })

  it('complained of nothing on either side', () => {
    expect([...laptop.complaints, ...phone.complaints]).toEqual([])
  })
})
