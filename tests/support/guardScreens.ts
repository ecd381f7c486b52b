import type { ChromiumHand } from './hand.ts'
import { press, row, said, type Screens } from './screens.ts'
import { typeHome } from './story.ts'

async function decide(hand: ChromiumHand): Promise<void> {
  await typeHome(hand, '3-2')
  await hand.page.getByRole('main').getByRole('button', { name: /^3-2-/ }).first().click()
}

/** Of the sample's gates one that asks for the code, too. */
export const codeGate = /东门/
/** A fever, when the code is still to be told. */
export async function feverish(hand: ChromiumHand): Promise<void> {
  await decide(hand)
  for (const key of ['38', '.1']) await hand.press(key)
  await hand.page.getByRole('group', { name: said('gate.code') }).waitFor()
}

const bothScreens: Screens = {
  join: { path: '/join' },
  ready: { path: '/ready' },
  me: { path: '/me' },
  'a wrong address': { path: '/nowhere' },
  records: { path: '/records' },
  'phone to phone': { path: '/relay' },
  'hand over': { path: '/relay/give' },
  'scan the other phone': { path: '/relay/take' },
  settings: { path: '/settings' },
  help: { path: '/help' },
}
/** Every screen of a guard. */
export const guardScreens: Screens = {
  ...bothScreens,
  gate: { path: '/gate' },
  'gate, a home': { path: '/gate', press: decide },
  'gate, a fever': { path: '/gate', press: feverish },
  'gate, a vehicle': { path: '/gate', press: press('gate.subject.vehicle') },
  'gate, by name': { path: '/gate', press: press('gate.ask.name') },
  inside: { path: '/gate/inside' },
  log: { path: '/gate/log' },
  'an entry': { path: '/gate/log', press: row(0) },
  'a correction': {
    path: '/gate/log',
    press: async (hand) => {
      await row(0)(hand)
      await press('gate.entry.correct')(hand)
    },
  },
  handover: { path: '/gate/handover' },
  'their day': { path: '/today' },
  'their turns': { path: '/turns' },
  'open turns': { path: '/turns/open' },
  'an open turn': { path: '/turns/open', press: row(0) },
}
