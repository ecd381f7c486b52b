import type { GateScene } from '../../tests/support/gateScene.ts'
import { newId } from './ids.ts'

/** So many gates of further compounds of the same community, two to each; the two of a compound share its logbook. */
export async function furtherGates({ coordinator }: GateScene, count: number): Promise<GateScene[]> {
  const community = coordinator.enrolled?.community ?? ''
  const doc = (kind: string, record: string, body: Record<string, unknown>) => ({
    kind,
    logbook: `duty/${community}`,
    record,
    body,
  })
  const scenes: GateScene[] = []
  while (scenes.length < count) {
    const [compound, one, two] = [newId(), newId(), newId()]
    const post = (name: string) => ({ type: 'gate', name, place: compound })
    await coordinator.push([
      doc('place', compound, { level: 'compound', name: 'Bench', parent: community }),
      doc('post', one, post('North')),
      doc('post', two, post('South')),
    ])
    for (const post of [one, two]) scenes.push({ coordinator, compound, post, gate: `gate/${compound}` })
  }
  return scenes.slice(0, count)
}
