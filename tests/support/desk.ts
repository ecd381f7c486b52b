import type { ChromiumHand } from './hand.ts'
import { shows } from './hand.ts'
import { join } from './story.ts'
import { words } from './words.ts'

/** The first coordinator, from the set-up link to the sample neighbourhood at the centre. */
export async function beginWithSample(hand: ChromiumHand, link: string): Promise<void> {
  await join(hand, link, 'Sample coordinator')
  await hand.press(words('enrol.beginSetup'))
  await hand.press(words('desk.start.loadSample'))
  await shows(hand, words('desk.sampleBanner'), 60_000)
  await shows(hand, words('sync.pill.sent'), 120_000)
}

/** Invites a guard as the coordinator does, for the whole community or a compound by its name; the link that is shown. */
export async function inviteGuard(
  hand: ChromiumHand,
  origin: string,
  name: string,
  compound?: string,
): Promise<string> {
  await hand.goto(`${origin}/desk/people`)
  await hand.press(words('desk.invite.title'))
  if (compound) await hand.page.getByLabel(words('desk.people.at')).last().selectOption(compound)
  await hand.fill(words('common.name'), name)
  await hand.press(words('desk.invite.make'))
  const shown = await shows(hand, /\/join#[\w-]{22,64}/)
  const [link = ''] = /https?:\S+\/join#[\w-]{22,64}/.exec(shown) ?? []
  return link
}
