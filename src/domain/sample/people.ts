import type { Draft } from '../entry.ts'
import type { RecordId } from '../ids.ts'
import type { Member } from '../kinds/member.ts'
import type { Household } from '../kinds/household.ts'
import { logbookId } from '../logbooks.ts'
import type { Grant, Role } from '../members.ts'
import { anySurname, memberName, residentName, samplePhone, samplePlate } from './names.ts'
import type { SampleCompound, SampleGround } from './places.ts'
import { times, type Dice } from './random.ts'

export interface SampleHome {
  id: RecordId
  body: Household
}

const memberCount = 60

/** One coordinator, two guards a gate, two grid workers a compound; everybody else is a volunteer. */
function grantsInOrder(ground: SampleGround, town: readonly SampleCompound[]): Grant[] {
  const grant = (role: Role, place: string): Grant => ({ role, place })
  return [
    grant('coordinator', ground.community),
    ...town.flatMap((c) => c.gates.flatMap(() => [grant('guard', c.id), grant('guard', c.id)])),
    ...town.flatMap((c) => [grant('gridWorker', c.id), grant('gridWorker', c.id)]),
  ]
}

const skills = ['会用体温计', '会说方言', '能开车', '会用电脑', '懂急救'] as const

/** Members of the sample. Nobody of them holds a phone: they are names on lists. */
export function memberDrafts(dice: Dice, ground: SampleGround, town: readonly SampleCompound[]): Draft[] {
  const logbook = logbookId('people', ground.community)
  const special = grantsInOrder(ground, town)
  return times(memberCount, (index) => {
    const body: Member = {
      name: memberName(index),
      phone: samplePhone(1000 + index),
      grants: [special[index] ?? { role: 'volunteer', place: ground.community }],
      ...(dice.chance(0.4) ? { skills: [dice.pick(skills)] } : {}),
    }
    return { kind: 'member', logbook, record: dice.uuid(ground.now), body }
  })
}

const roomsPerFloor = 2
const unitsPerBuilding = 3

/** `building-unit-room` of the n-th home of a building: three units, two rooms to a floor. */
const homeName = (building: number, n: number): string => {
  const unit = (n % unitsPerBuilding) + 1
  const within = Math.floor(n / unitsPerBuilding)
  return `${building}-${unit}-${Math.floor(within / roomsPerFloor) + 1}0${(within % roomsPerFloor) + 1}`
}

/** The homes of one compound, spread evenly over its buildings. */
export function homesOf(dice: Dice, { now }: SampleGround, compound: SampleCompound): SampleHome[] {
  const { plan, buildings } = compound
  return times(plan.households, (index) => {
    const at = index % buildings.length
    const surname = anySurname(dice)
    const building = buildings[at]
    const body: Household = {
      home: homeName(at + 1, Math.floor(index / buildings.length)),
      ...(building === undefined ? {} : { building }),
      people: times(dice.pick([1, 2, 2, 3, 3, 4]), (n) => ({
        name: residentName(dice, n === 1 ? anySurname(dice) : surname),
        ...(n === 0 ? { phone: samplePhone(10_000 + index) } : {}),
      })),
      ...(dice.chance(0.35) ? { plates: [samplePlate(dice)] } : {}),
    }
    return { id: dice.uuid(now), body }
  })
}

export const homeDrafts = (compound: SampleCompound, homes: readonly SampleHome[]): Draft[] =>
  homes.map(({ id, body }) => ({
    kind: 'household',
    logbook: logbookId('homes', compound.id),
    record: id,
    body,
  }))
