import type { PostId } from '../ids.ts'
import type { Handover } from '../kinds/handover.ts'
import type { GateSettings } from './gate.ts'
import { rareNewestFirst, since, type Ledger } from './ledger.ts'
import type { Logged } from './logged.ts'
import { byNeed, isOver, stayOf, type Stay } from './overstay.ts'
import { toRepeat } from './repeat.ts'

type LoggedHandover = Extract<Logged, { kind: 'handover' }>
type LoggedConfirmation = Extract<Logged, { kind: 'handoverConfirmed' }>

export interface HandedOver {
  handover: LoggedHandover
  /** The next guard's answer; null while nobody has given it. */
  confirmed: LoggedConfirmation | null
}

/** Handovers of a gate with what the next guard said, newest first. An answer is one whatever its phone's clock said. */
export function handovers(ledger: Ledger, post: PostId): HandedOver[] {
  const all = rareNewestFirst(ledger).filter((logged) => !logged.retracted)
  const answers = new Map<string, LoggedConfirmation>()
  for (const logged of all) if (logged.kind === 'handoverConfirmed') answers.set(logged.body.handover, logged)
  return all.flatMap((logged): HandedOver[] =>
    logged.kind === 'handover' && logged.body.post === post
      ? [{ handover: logged, confirmed: answers.get(logged.fact.id) ?? null }]
      : [],
  )
}

const dayMs = 24 * 60 * 60_000

/**
 * When the shift that ends now began, ms: at the gate's last handover, else at this phone's first entry at the
 * gate within a day, else now.
 */
export function shiftSince(ledger: Ledger, post: PostId, now: number): number {
  const last = handovers(ledger, post)[0]?.handover.fact.at
  if (last !== undefined && now - last <= dayMs) return last
  const mine = since(ledger, now - dayMs).filter((l) => l.fact.mine && l.body.post === post)
  return mine.at(-1)?.fact.at ?? now
}

/** Everyone inside with how long they may stay, those over their time first. */
export function stays(ledger: Ledger, gateOf: (post: PostId) => GateSettings, now: number): Stay[] {
  const parties = [...ledger.presence.inside.values()]
  return parties.map((party) => stayOf(gateOf(party.passage.post), party, now)).sort(byNeed)
}

/** How many inside have stayed longer than they may. */
export function overstaying(ledger: Ledger, gateOf: (post: PostId) => GateSettings, now: number): number {
  let count = 0
  for (const party of ledger.presence.inside.values())
    if (isOver(stayOf(gateOf(party.passage.post), party, now), now)) count += 1
  return count
}

export interface Sheet {
  post: PostId
  from: string
  gateOf: (post: PostId) => GateSettings
  /** Corrected time, ms. */
  now: number
  unsent: number
  note: string
}

/** The sheet that one guard leaves to the next, from the logbook as it stands. */
export function handoverSheet(ledger: Ledger, sheet: Sheet): Handover {
  const from = shiftSince(ledger, sheet.post, sheet.now)
  const logged = since(ledger, from).filter((l) => l.fact.mine && !l.retracted && l.body.post === sheet.post)
  const repeat = toRepeat(ledger, from).filter((reading) => reading.post === sheet.post)
  const note = sheet.note.trim()
  return {
    post: sheet.post,
    from: sheet.from,
    since: from,
    peopleInside: ledger.presence.people,
    vehiclesInside: ledger.presence.vehicles,
    overstays: overstaying(ledger, sheet.gateOf, sheet.now),
    repeat: repeat.map((r) => [r.label, r.celsius.toFixed(1)].filter(Boolean).join(' ').slice(0, 80)),
    unsent: sheet.unsent,
    logged: logged.filter((l) => l.kind === 'passage' || l.kind === 'reading').length,
    ...(note ? { note } : {}),
  }
}
