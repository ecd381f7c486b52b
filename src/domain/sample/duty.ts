import type { Draft } from '../entry.ts'
import type { CheckIn } from '../kinds/checkIn.ts'
import type { Unit } from '../kinds/unit.ts'
import { logbookId } from '../logbooks.ts'
import { hourMs } from '../rules/boardDays.ts'
import { addDays, momentOf } from '../rules/localMoment.ts'
import { localTime } from '../rules/localTime.ts'
import { sampleHours } from './journeys.ts'
import type { SampleFact } from './passages.ts'
import type { SampleGround } from './places.ts'
import { times, type Dice } from './random.ts'
import type { SamplePerson, SampleTurn, StaffedPost } from './roster.ts'

const minuteMs = 60_000
/** How somebody checks in at the sample's posts; the first is the usual way. */
const ways: readonly [Partial<CheckIn>, ...Partial<CheckIn>[]] = [
  { way: 'printed', position: 'inside' },
  { way: 'printed', position: 'inside' },
  { way: 'peer' },
  { way: 'leader' },
  { way: 'typed', position: 'unknown' },
]

interface Coming {
  turn: SampleTurn
  person: SamplePerson
  /** Position in the list of all who have a turn: some of them are late, some forget. */
  n: number
}

const fact = (dice: Dice, ground: SampleGround, kind: string, at: number, body: object): SampleFact => ({
  id: dice.uuid(at),
  kind,
  logbook: logbookId('duty', ground.community),
  at,
  body: { ...body },
})

/** One in twelve does not come, one in nine is late, one in seven forgets to check out. */
function stay(dice: Dice, ground: SampleGround, { turn, person, n }: Coming): SampleFact[] {
  const { post, starts, ends } = turn.body
  if (n % 12 === 11) return []
  const came = starts + minuteMs * (n % 9 === 8 ? dice.between(12, 50) : dice.between(-12, 4))
  const who = { post, member: person.id, name: person.name }
  const arrival = fact(dice, ground, 'checkIn', came, { ...who, shift: turn.id, ...dice.pick(ways) })
  if (n % 7 === 6) return [arrival]
  const left = ends + minuteMs * dice.between(-3, 8)
  const leave = { checkIn: arrival.id, post, member: person.id, way: 'printed' }
  return [arrival, fact(dice, ground, 'checkOut', left, leave)]
}
/** Somebody who came without a turn, and one who helped without being a member. */
function unplanned(dice: Dice, ground: SampleGround, post: StaffedPost, person: SamplePerson): SampleFact[] {
  const at = ground.now - 2 * hourMs - dice.between(0, 40) * minuteMs
  const guest = { post: post.id, name: '路过样本', way: 'leader' }
  return [
    fact(dice, ground, 'checkIn', at, {
      post: post.id,
      member: person.id,
      name: person.name,
      way: 'printed',
    }),
    fact(dice, ground, 'checkIn', at + 9 * minuteMs, guest),
  ]
}

/** The first forgotten check-out of the sample was put right the next day. */
function mended(dice: Dice, ground: SampleGround, facts: readonly SampleFact[]): SampleFact[] {
  const left = facts.find(({ kind }) => kind === 'checkOut')
  if (!left) return []
  const change = {
    target: left.id,
    patch: { left: left.at - 40 * minuteMs },
    why: 'mistake',
    note: '提前走了',
  }
  return [fact(dice, ground, 'amendment', Math.min(left.at + hourMs, ground.now), change)]
}

/** Who came to the sample's posts in the last days, who left, and who forgot to say so. */
export function dutyFacts(
  dice: Dice,
  ground: SampleGround,
  turns: readonly SampleTurn[],
  posts: readonly StaffedPost[],
): SampleFact[] {
  const comings = turns
    .filter(({ body }) => body.starts > ground.now - (sampleHours - 1) * hourMs && body.starts <= ground.now)
    .flatMap((turn) => turn.holders.map((person) => ({ turn, person })))
  const happened = comings
    .flatMap((coming, n) => stay(dice, ground, { ...coming, n }))
    .filter(({ at }) => at <= ground.now)
  const [post] = posts
  const [first] = comings
  const more = post && first ? unplanned(dice, ground, post, first.person) : []
  return [...happened, ...more, ...mended(dice, ground, happened)]
}

interface UnitPlan {
  body: Unit
  /** Heads and names that it brings on each of the last days, today last; null = it did not come. */
  days: readonly ([heads: number, names: number] | null)[]
}

const unitPlans: readonly UnitPlan[] = [
  {
    body: { type: 'agency', name: '街道机关（示例）', daily: true, heads: 12 },
    days: [
      [10, 2],
      [11, 2],
      [9, 3],
    ],
  },
  { body: { type: 'school', name: '第三小学（示例）', daily: true, heads: 6 }, days: [[5, 1], [6, 1], null] },
  { body: { type: 'firm', name: '建材公司（示例）', daily: true, heads: 8 }, days: [[8, 0], null, [7, 0]] },
  { body: { type: 'group', name: '义工协会（示例）' }, days: [null, [0, 4], [0, 5]] },
]

/** Units of the sample, and a team of the first. */
export function unitDrafts(dice: Dice, ground: SampleGround): { units: Draft[]; signIns: SampleFact[] } {
  const logbook = logbookId('duty', ground.community)
  const ids = unitPlans.map(() => dice.uuid(ground.now))
  const doc = (record: string, body: Unit): Draft => ({ kind: 'unit', logbook, record, body })
  const team: Unit = { type: 'team', name: '青年突击队（示例）', ...(ids[0] ? { parent: ids[0] } : {}) }
  const units = [...unitPlans.map(({ body }, n) => doc(ids[n] ?? '', body)), doc(dice.uuid(ground.now), team)]
  const today = localTime(ground.now, ground.zone).day
  const signIns = unitPlans.flatMap(({ days }, n) =>
    days.flatMap((brought, at): SampleFact[] => {
      const day = addDays(today, at - days.length + 1)
      const when = momentOf(day, 8 * 60 + n * 7, ground.zone)
      if (!brought || when > ground.now || when <= ground.now - sampleHours * hourMs) return []
      const [heads, count] = brought
      const names = times(count, (k) => ({ name: `样本${n}${k}` }))
      return [fact(dice, ground, 'unitSignIn', when, { unit: ids[n], heads, names, way: 'typed' })]
    }),
  )
  return { units, signIns }
}
