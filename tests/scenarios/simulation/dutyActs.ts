import type { Draft, Entry } from '../../../src/domain/entry.ts'
import { logbookId } from '../../../src/domain/logbooks.ts'
import type { Act, Scene } from './acts.ts'
import type { Phone } from './phone.ts'

/** What volunteers and their coordinator do: turns, who stands on them, coming and going, and putting it right. */

const minuteMs = 60_000

const inDuty = ({ town }: Scene, kind: string, body: Draft['body']): Draft => ({
  kind,
  logbook: logbookId('duty', town.community),
  body,
})

const save = ({ ledger }: Scene, phone: Phone, drafts: readonly Draft[]) => ledger.save(phone, drafts)

const memberOf = (phone: Phone): string | undefined => phone.tab?.open.identity.get()?.member

/** Something of this kind that somebody has saved; the phone that speaks of it may not have heard of it yet. */
function anyOf({ ledger, seed }: Scene, kind: string): Entry | null {
  const found = [...ledger.saved.values()].filter(({ entry }) => entry.kind === kind)
  return found.length > 0 ? seed.pick(found).entry : null
}

/** A turn of a few hours around now, with room for one or two: fewer than those who want it. */
const plan: Act = async (scene) => {
  const { seed, time, town } = scene
  const starts = time.now() + (seed.int(12) - 4) * 30 * minuteMs
  const ends = starts + (1 + seed.int(8)) * 30 * minuteMs
  const body = { post: town.gates[seed.int(2)], starts, ends, heads: 1 + seed.int(2) }
  await save(scene, town.coordinator, [inDuty(scene, 'shift', body)])
}

const replan: Act = async (scene) => {
  const { seed, town } = scene
  const turn = anyOf(scene, 'shift')
  if (!turn) return
  const ends = Number(turn.body['starts']) + (2 + seed.int(6)) * 30 * minuteMs
  const change = seed.pick([{ patch: { heads: 1 + seed.int(3) } }, { patch: { ends } }, { retract: true }])
  await save(scene, town.coordinator, [inDuty(scene, 'shiftChange', { target: turn.id, ...change })])
}

const claim: Act = async (scene, phone) => {
  const [turn, member] = [anyOf(scene, 'shift'), memberOf(phone)]
  if (!turn || !member) return
  const act = scene.seed.pick(['take', 'take', 'giveBack'])
  await save(scene, phone, [inDuty(scene, 'claim', { shift: turn.id, member, name: 'Sample', act })])
}

const assign: Act = async (scene, phone) => {
  const [turn, member] = [anyOf(scene, 'shift'), memberOf(phone)]
  if (!turn || !member) return
  const act = scene.seed.pick(['assign', 'assign', 'unassign'])
  const body = { shift: turn.id, member, name: 'Sample', act, leads: scene.seed.chance(0.3) }
  await save(scene, scene.town.coordinator, [inDuty(scene, 'assignment', body)])
}

/** For oneself, or by a leader for somebody without a phone; on a turn or not; some with the paper's time. */
const come: Act = async (scene, phone) => {
  const { seed, town, time } = scene
  const turn = seed.chance(0.6) ? anyOf(scene, 'shift') : null
  const member = seed.chance(0.8) ? memberOf(phone) : undefined
  const way = member ? seed.pick(['printed', 'typed', 'rotating']) : seed.pick(['leader', 'paper'])
  await save(scene, phone, [
    inDuty(scene, 'checkIn', {
      post: turn?.body['post'] ?? seed.pick(town.gates),
      name: 'Sample',
      way,
      ...(member ? { member } : {}),
      ...(turn ? { shift: turn.id } : {}),
      ...(seed.chance(0.3) ? { position: seed.pick(['inside', 'outside', 'unknown']) } : {}),
      ...(way === 'paper' ? { came: time.now() - seed.int(300) * minuteMs } : {}),
    }),
  ])
}

/** The free place of a turn and the coming to it, saved with one tap. Each tells of the other by `pair`. */
const comeAndTake: Act = async (scene, phone) => {
  const [turn, member] = [anyOf(scene, 'shift'), memberOf(phone)]
  if (!turn || !member) return
  const pair = `${phone.name} ${scene.seed.int(2 ** 31)}`
  const both = { shift: turn.id, member, name: 'Sample', pair }
  await save(scene, phone, [
    inDuty(scene, 'claim', { ...both, act: 'take' }),
    inDuty(scene, 'checkIn', { ...both, post: turn.body['post'], way: 'printed' }),
  ])
}

/** Sometimes twice, or by two phones that know nothing of each other. */
const leave: Act = async (scene, phone) => {
  const stay = anyOf(scene, 'checkIn')
  if (!stay) return
  const { post, member } = stay.body
  const said = scene.seed.chance(0.3) ? { left: stay.at + scene.seed.int(300) * minuteMs } : {}
  const body = { checkIn: stay.id, post, way: 'printed', ...said, ...(member ? { member } : {}) }
  await save(scene, phone, [inDuty(scene, 'checkOut', body)])
}

const amend: Act = async (scene, phone) => {
  const { seed, time } = scene
  const target = anyOf(scene, seed.pick(['checkIn', 'checkIn', 'checkOut', 'unitSignIn']))
  if (!target) return
  const hour = time.now() - seed.int(300) * minuteMs
  const patch = target.kind === 'checkOut' ? { left: hour } : { came: hour }
  const change = seed.chance(0.2) ? { retract: seed.chance(0.7) } : { patch }
  await save(scene, phone, [inDuty(scene, 'amendment', { target: target.id, ...change, why: 'mistake' })])
}

const vouch: Act = async (scene, phone) => {
  const stay = anyOf(scene, 'checkIn')
  if (stay) await save(scene, phone, [inDuty(scene, 'vouch', { checkIn: stay.id, name: 'Sample' })])
}

const signIn: Act = async (scene, phone) => {
  const { seed, town } = scene
  const names = seed.chance(0.5) ? [{ name: 'Sample' }] : []
  const body = { unit: town.unit, post: seed.pick(town.gates), heads: seed.int(9), names, way: 'typed' }
  await save(scene, phone, [inDuty(scene, 'unitSignIn', body)])
}

export const dutyActs: readonly (readonly [Act, number])[] = [
  [plan, 3],
  [replan, 1],
  [claim, 5],
  [assign, 2],
  [come, 6],
  [comeAndTake, 3],
  [leave, 4],
  [amend, 2],
  [vouch, 1],
  [signIn, 1],
]
