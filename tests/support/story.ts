import { shows, type Hand } from './hand.ts'
import { words } from './words.ts'

/** From the link to “ready for offline”, as a person does it. */
export async function join(hand: Hand, link: string, name: string): Promise<void> {
  await hand.goto(link)
  await hand.fill(words('enrol.yourName'), name)
  await hand.press(words('enrol.join'))
  await shows(hand, words('enrol.readyDone'), 60_000)
}

/** As `join`, on to the gate where this guard stands; with one gate alone nobody is asked. */
export async function joinGate(hand: Hand, link: string, name: string, gate: string): Promise<void> {
  await join(hand, link, name)
  await hand.press(words('enrol.begin'))
  await shows(hand, gate)
  if (await hand.offers(gate)) await hand.press(gate)
  await shows(hand, words('gate.ask.home'))
}

/** Presses the pad's keys for a home; `3-2-501` is told by its digits alone. */
export async function typeHome(hand: Hand, home: string): Promise<void> {
  for (const key of home.replaceAll('-', '')) await hand.press(key)
}

/** Admits; the whole screen answers, and a tap on it takes the answer away. */
async function admit(hand: Hand): Promise<void> {
  await hand.press(words('gate.act.admit'))
  await shows(hand, words('gate.verdict.saved'))
  await hand.press(words('gate.decision.admit'))
}

/** One resident by the home: digits, the home, admit. */
export async function admitHome(hand: Hand, home: string): Promise<void> {
  await typeHome(hand, home)
  await admit(hand)
}

/** One vehicle by its plate. */
export async function admitPlate(hand: Hand, plate: string): Promise<void> {
  await hand.press(words('gate.subject.vehicle'))
  for (const key of plate) await hand.press(key)
  await hand.press(words('gate.use', { text: '' }))
  await admit(hand)
}

/** The figures of “my records”: logged here, received by the centre. */
export async function figures(hand: Hand, origin: string): Promise<{ logged: number; received: number }> {
  await hand.goto(`${origin}/records`)
  const shown = await shows(hand, words('sync.logged'))
  const after = (label: string): number =>
    Number(new RegExp(`${label}\\s+([\\d,]+)`).exec(shown)?.[1]?.replace(',', ''))
  return { logged: after(words('sync.logged')), received: after(words('sync.received')) }
}
