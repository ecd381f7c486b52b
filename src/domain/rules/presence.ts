import type { EntryId } from '../ids.ts'
import type { Logged, LoggedPassage } from './logged.ts'
import { applyPassage, emptyGroup, groupKey, type Group, type Party, type Watcher } from './presenceGroup.ts'

/**
 * Who and what is inside a compound, from all its gates together. Passages are kept in groups that cannot touch
 * each other (a home, a plate, a name), so that one passage reckons only its own group anew.
 */
export interface Presence {
  groups: Map<string, Group>
  /** Everyone inside as parties, by the passage that brought them in. */
  inside: Map<EntryId, Party>
  people: number
  vehicles: number
}

export const emptyPresence = (): Presence => ({
  groups: new Map(),
  inside: new Map(),
  people: 0,
  vehicles: 0,
})

function watcher(presence: Presence): Watcher {
  const add = (party: Party, sign: 1 | -1): void => {
    if (party.subject === 'vehicle') presence.vehicles += sign
    else presence.people += sign * party.heads
  }
  return {
    came: (party) => {
      presence.inside.set(party.id, party)
      add(party, 1)
    },
    went: (party) => {
      presence.inside.delete(party.id)
      add(party, -1)
    },
  }
}

const earlier = (a: LoggedPassage, b: LoggedPassage): number =>
  a.fact.at - b.fact.at || (a.fact.id < b.fact.id ? -1 : 1)

/** Reckons a group from its start: something was put in, changed or taken back before its end. */
function replaceGroup(presence: Presence, key: string, passages: readonly LoggedPassage[]): void {
  const watch = watcher(presence)
  for (const party of presence.groups.get(key)?.inside.values() ?? []) watch.went(party)
  presence.groups.delete(key)
  if (passages.length === 0) return
  const group = emptyGroup(key)
  presence.groups.set(key, group)
  for (const passage of passages) applyPassage(group, passage, watch)
}

const moves = (logged: Logged | undefined): logged is LoggedPassage =>
  logged?.kind === 'passage' && !logged.retracted && logged.body.decision === 'admit'

const fields = ['post', 'way', 'subject', 'home', 'name', 'plate', 'heads', 'purpose'] as const

/** Does a passage move the same people in the same way as before (it was sent, its note was corrected)? */
const sameMove = (a: LoggedPassage, b: LoggedPassage): boolean =>
  a.fact.at === b.fact.at && fields.every((field) => a.body[field] === b.body[field])

/** Takes up a passage, in place of what it read before (undefined: it is new). Refusals move nobody. */
export function placePassage(presence: Presence, old: Logged | undefined, now: Logged): void {
  const [was, is] = [moves(old) ? old : null, moves(now) ? now : null]
  if (was && is && sameMove(was, is)) return
  if (was) {
    const key = groupKey(was.body)
    const rest = presence.groups.get(key)?.passages.filter((p) => p.fact.id !== was.fact.id) ?? []
    replaceGroup(presence, key, rest)
  }
  if (!is) return
  const key = groupKey(is.body)
  const group = presence.groups.get(key) ?? emptyGroup(key)
  presence.groups.set(key, group)
  const last = group.passages.at(-1)
  if (!last || earlier(last, is) < 0) applyPassage(group, is, watcher(presence))
  else replaceGroup(presence, key, [...group.passages, is].sort(earlier))
}

/** The group that a draft or passage belongs to, where anything was logged of it. */
export const groupOf = (presence: Presence, passage: Parameters<typeof groupKey>[0]): Group | undefined =>
  presence.groups.get(groupKey(passage))

/** Parties whose gates are more than one: the same plate or person was let in twice without going out. */
export const twiceIn = (presence: Presence): Party[] =>
  [...presence.inside.values()].filter((party) => party.gates.length > 1)
