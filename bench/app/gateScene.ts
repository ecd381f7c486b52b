import type { Draft } from '../../src/domain/entry.ts'
import { ChromiumHand, shows } from '../../tests/support/hand.ts'
import type { Phone } from '../../tests/support/phone.ts'
import { Scene } from '../../tests/support/scene.ts'
import { words } from '../../tests/support/words.ts'
import { entries } from '../lib/gate/entries.ts'
import { backlogAt, draft } from '../peers/gatepost/passage.ts'

export interface GateScene {
  scene: Scene
  phone: Phone
  hand: ChromiumHand
}

const pageOf = 100

/** A real server and a guard's phone at its gate that holds `rows` passages; `work` is done, all is cleared away. */
export async function atGate<T>(rows: number, work: (at: GateScene) => Promise<T>): Promise<T> {
  const scene = new Scene()
  try {
    await scene.begin()
    await fill(scene, rows)
    const { phone, hand } = await scene.guard('Sample guard')
    await hand.goto(`${scene.origin}/gate`)
    await shows(hand, words('sync.pill.sent'), 60_000)
    return await work({ scene, phone, hand })
  } finally {
    await scene.end()
  }
}

/** Passages of the last day, brought by somebody else. */
async function fill({ place }: Scene, rows: number): Promise<void> {
  const now = Date.now()
  const list = entries(rows, 1).map((entry): Draft => {
    const made = draft(entry, backlogAt(entry, now))
    return { ...made, logbook: place.logbook, body: { ...made.body, post: place.gate } }
  })
  for (let i = 0; i < list.length; i += pageOf) await place.coordinator.save(list.slice(i, i + pageOf))
}
