import type { Draft } from '../entry.ts'
import { logbookId } from '../logbooks.ts'
import type { Passage } from '../kinds/passage.ts'
import type { Reading } from '../kinds/reading.ts'
import { advise } from '../rules/advise.ts'
import { hourMs } from '../rules/boardDays.ts'
import { gateSettings } from '../rules/gate.ts'
import { localTime } from '../rules/localTime.ts'
import { journeys, sampleHours, type Scene, type Step } from './journeys.ts'
import type { Dice } from './random.ts'

export type SampleFact = Draft & { id: string; at: number }
export type SamplePassage = SampleFact & { body: Passage }

/** A fact in the gate logbook of the scene's compound. */
export const gateFact = <B extends object>(scene: Scene, kind: string, at: number, body: B) => ({
  id: scene.dice.uuid(at),
  kind,
  logbook: logbookId('gate', scene.compound.id),
  at,
  body: { ...body },
})

const tenth = (value: number): number => Math.round(value * 10) / 10
const ordinary = (dice: Dice): number => tenth(36 + (dice.next() + dice.next() + dice.next()) * 0.4)

/** What this gate asks of somebody who comes in. */
function asked(dice: Dice, { gate, who, way }: Step): Partial<Passage> {
  const { rules } = gate
  const measured = way === 'in' && who.subject === 'person'
  return {
    ...(measured && rules.temperature ? { celsius: ordinary(dice) } : {}),
    ...(measured && rules.code ? { code: dice.chance(0.985) ? 'green' : 'yellow' } : {}),
  }
}

/** The guards of the sample do what their gate's rules advise. */
function decided({ ground }: Scene, { at, gate }: Pick<Step, 'at' | 'gate'>, body: Passage): Passage {
  const { minute } = localTime(at, ground.zone)
  const advice = advise(gateSettings(gate.rules), body, { minute, vehiclesInside: 0 })
  const [reason] = advice
  return reason === undefined
    ? { ...body, decision: 'admit', advice }
    : { ...body, decision: 'refuse', reason, advice }
}

const passageOf = (scene: Scene, step: Step): SamplePassage => {
  const { gate, who, way, at } = step
  const body = decided(scene, step, {
    post: gate.id,
    way,
    ...who,
    ...asked(scene.dice, step),
    decision: 'admit',
  })
  return gateFact(scene, 'passage', at, body)
}

/** Is a step within the sample's days, and did its gate report at that time? */
const happened = (scene: Scene, { at, gate }: Pick<Step, 'at' | 'gate'>): boolean =>
  at > scene.ground.now - sampleHours * hourMs && at <= scene.ground.now && at <= gate.silentSince

/** Everybody's passages. Who was turned back does not come out again. */
export const passages = (scene: Scene): SamplePassage[] =>
  journeys(scene).flatMap((steps) => {
    const made = steps.filter((step) => happened(scene, step)).map((step) => passageOf(scene, step))
    const [first] = made
    return first?.body.decision === 'refuse' ? [first] : made
  })

const restMs = 6 * 60_000

/** A high temperature: turned back, measured again after a rest; about half are well then and go in. */
export function fever(scene: Scene, before: SamplePassage): SampleFact[] {
  const { dice } = scene
  const { at, body } = before
  const gate = scene.compound.gates.find((g) => g.id === body.post)
  if (!gate?.rules.temperature || !happened(scene, { at: at + 2 * restMs, gate })) return []
  const { post, home, name } = body
  const celsius = tenth(37.4 + dice.next() * 1.1)
  const refusal = decided(scene, { at, gate }, { ...body, celsius })
  const well = dice.chance(0.5)
  const again = well ? tenth(36.4 + dice.next() * 0.7) : tenth(celsius + dice.next() * 0.4)
  const about = dice.uuid(at)
  const reading: Reading = {
    post,
    celsius: again,
    about,
    ...(home === undefined ? {} : { home }),
    ...(name === undefined ? {} : { name }),
    fever: !well,
  }
  return [
    { ...gateFact(scene, 'passage', at, refusal), id: about },
    gateFact(scene, 'reading', at + restMs, reading),
    ...(well ? [gateFact(scene, 'passage', at + restMs + 20_000, { ...body, celsius: again })] : []),
  ]
}
