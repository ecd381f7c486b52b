import type { Correction } from '../kinds/correction.ts'
import type { Handover } from '../kinds/handover.ts'
import type { HandoverConfirmed } from '../kinds/handoverConfirmed.ts'
import { hourMs, localHour } from '../rules/boardDays.ts'
import { sampleHours, type Scene } from './journeys.ts'
import { memberName } from './names.ts'
import { gateFact, type SampleFact, type SamplePassage } from './passages.ts'
import type { SampleGate } from './places.ts'
import { times } from './random.ts'

/** Taken back a moment later, or put right: a wrong temperature, a wrong purpose. */
export function correction(scene: Scene, target: SamplePassage, n: number): SampleFact {
  const wrong: readonly Omit<Correction, 'target'>[] = [
    { retract: true, why: 'undo' },
    { patch: { note: '补记：家属陪同' }, why: 'other' },
    { patch: { purpose: 'service' }, why: 'mistake', note: '按错了事由' },
  ]
  const what = wrong[n % wrong.length] ?? {}
  const later = what.retract ? 6_000 : 4 * 60_000
  const at = Math.min(target.at + later, scene.ground.now)
  return gateFact(scene, 'correction', at, { target: target.id, ...what })
}

/** Callers and vehicles that came in before `at` and had not left by then. */
function inside(facts: readonly SamplePassage[], at: number): { people: number; vehicles: number } {
  const now = new Map<string, SamplePassage['body']>()
  for (const { at: when, body } of facts) {
    if (when > at || body.decision === 'refuse' || body.purpose === 'resident') continue
    const key = body.plate ?? `${body.name} ${body.home}`
    if (body.way === 'in') now.set(key, body)
    else now.delete(key)
  }
  const vehicles = [...now.values()].filter((body) => body.subject === 'vehicle').length
  return { people: now.size - vehicles, vehicles }
}

const changes = [8, 20]

/** The shift changes of the sample's days, ms. */
const shiftChanges = ({ now, zone }: Scene['ground']): number[] =>
  times(sampleHours - 12, (h) => Math.floor(now / hourMs) * hourMs - h * hourMs).filter((at) =>
    changes.includes(localHour(at, zone)),
  )

function handover(scene: Scene, gate: SampleGate, facts: readonly SamplePassage[], at: number): SampleFact[] {
  const mine = facts.filter((f) => f.body.post === gate.id && f.at <= at && f.at > at - 12 * hourMs)
  const { people, vehicles } = inside(facts, at)
  const turn = localHour(at, scene.ground.zone) === changes[0] ? 0 : 1
  const guard = scene.compound.gates.indexOf(gate) * 2 + turn
  const sheet: Handover = {
    post: gate.id,
    from: memberName(1 + guard),
    since: at - 12 * hourMs,
    peopleInside: people,
    vehiclesInside: vehicles,
    overstays: 0,
    repeat: [],
    unsent: 0,
    logged: mine.length,
  }
  const handed = gateFact(scene, 'handover', at, sheet)
  const taken: HandoverConfirmed = { post: gate.id, handover: handed.id, by: memberName(2 + guard) }
  return [handed, gateFact(scene, 'handoverConfirmed', at + 3 * 60_000, taken)]
}

/** Both sheets of every shift change at the compound's gates. `facts` in order of time. */
export const handovers = (scene: Scene, facts: readonly SamplePassage[]): SampleFact[] =>
  shiftChanges(scene.ground).flatMap((at) =>
    scene.compound.gates
      .filter((gate) => at + 3 * 60_000 <= Math.min(scene.ground.now, gate.silentSince))
      .flatMap((gate) => handover(scene, gate, facts, at)),
  )
