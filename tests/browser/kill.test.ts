import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kills } from '../support/kills.ts'
import { ChromiumHand, shows } from '../support/hand.ts'
import type { Weather } from '../support/network.ts'
import { Scene } from '../support/scene.ts'
import { seeded } from '../scenarios/simulation/seeded.ts'
import type { Phone } from '../support/phone.ts'
import { until } from '../support/waiting.ts'
import { words } from '../support/words.ts'

/** One tap and what became of its browser. Times by this machine's clock, which is the phone's, too. */
interface Round {
  from: number
  to: number
  /** The screen said that it was saved. */
  said: boolean
}

const rounds = kills('GATEPOST_BROWSER_KILLS', 12)
const weathers: readonly Weather[] = ['through', 'through', 'down', 'deaf']

describe('kill -9 of the browser between the tap and the sending', () => {
  const scene = new Scene()
  const random = seeded(20_261_122)
  const done: Round[] = []
  let phone: Phone
  let now: Round = { from: 0, to: 0, said: false }

  beforeAll(async () => {
    await scene.begin()
    ;({ phone } = await scene.guard('Sample guard'))
    await phone.die()
  })
  afterAll(() => scene.end())

  /** The browser is opened on the profile as the kill left it; from now on it tells when it says “saved”. */
  async function reopen(): Promise<ChromiumHand> {
    const hand = new ChromiumHand(await phone.switchOn())
    await phone.context.exposeBinding('saidSaved', () => void (now.said = true))
    await phone.context.addInitScript((saved: string) => {
      new MutationObserver(() => {
        if (document.body?.textContent?.includes(saved)) Reflect.get(window, 'saidSaved')()
      }).observe(document, { subtree: true, childList: true, characterData: true })
    }, words('gate.verdict.saved'))
    await hand.goto(`${scene.origin}/gate`)
    return hand
  }

  /** Half of the kills come at once when the screen says “saved”, the others at any moment after the tap. */
  async function tapAndDie(): Promise<void> {
    scene.network.change(random.pick(weathers))
    const round: Round = { from: 0, to: 0, said: false }
    now = round
    const hand = await reopen()
    // A screen that was just opened draws itself anew while it is tapped; a person taps again.
    for (const key of '32501') await hand.page.getByRole('button', { name: key, exact: true }).click()
    const admit = hand.page.getByRole('button', { name: words('gate.act.admit') })
    await admit.waitFor()
    round.from = Date.now()
    await admit.click()
    if (random.chance(0.5)) await until('it says “saved”', () => round.said, 5_000, 1)
    else await pause(random.int(300))
    await phone.die()
    round.to = Date.now()
    done.push(round)
  }

  it(
    `${rounds} times: what the screen called saved is there, and reaches the centre once (failure modes 4, 14)`,
    async () => {
      for (let i = 0; i < rounds; i++) await tapAndDie()
      expect(done.filter(({ said }) => said).length).toBeGreaterThanOrEqual(rounds / 3)
      scene.network.change('through')
      const hand = await reopen()
      await shows(hand, words('sync.pill.sent'), 60_000)
      const facts = await scene.place.coordinator.facts(scene.place.logbook)
      const times = facts.filter(({ kind }) => kind === 'passage').map(({ at }) => at)
      const inRound = ({ from, to }: Round): number => times.filter((at) => at >= from && at <= to).length
      const lost = done.filter((round) => round.said && inRound(round) !== 1)
      const doubled = done.filter((round) => inRound(round) > 1)
      expect({ lost, doubled }).toEqual({ lost: [], doubled: [] })
      expect(times.length).toBe(done.reduce((sum, round) => sum + inRound(round), 0))
    },
    60_000 + rounds * 12_000,
  )
})
