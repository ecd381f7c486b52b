import type { KindSpec } from '../kind.ts'
import type { Purpose } from '../logbooks.ts'
import { amendment } from './amendment.ts'
import { assignment } from './assignment.ts'
import { checkIn } from './checkIn.ts'
import { checkOut } from './checkOut.ts'
import { claim } from './claim.ts'
import { correction } from './correction.ts'
import { handover } from './handover.ts'
import { handoverConfirmed } from './handoverConfirmed.ts'
import { household } from './household.ts'
import { lostCard } from './lostCard.ts'
import { member } from './member.ts'
import { noted } from './noted.ts'
import { passage } from './passage.ts'
import { place } from './place.ts'
import { plea } from './plea.ts'
import { post } from './post.ts'
import { reading } from './reading.ts'
import { shift } from './shift.ts'
import { shiftChange } from './shiftChange.ts'
import { station } from './station.ts'
import { unit } from './unit.ts'
import { unitSignIn } from './unitSignIn.ts'
import { vouch } from './vouch.ts'

/** The registry: the one place that a new kind is added to. */
export const kinds = {
  place,
  post,
  plea,
  noted,
  member,
  household,
  passage,
  reading,
  correction,
  handover,
  handoverConfirmed,
  shift,
  shiftChange,
  assignment,
  claim,
  checkIn,
  checkOut,
  vouch,
  amendment,
  unit,
  unitSignIn,
  station,
  lostCard,
} as const

export type KindName = keyof typeof kinds
export type BodyOf<K extends KindName> = (typeof kinds)[K] extends KindSpec<infer B> ? B : never

/** A kind as code sees it that handles all of them alike. */
export type AnyKind = Omit<KindSpec<Record<string, unknown>>, 'name'> & { name: KindName }

export const kindNames = Object.keys(kinds) as KindName[]

export const isKind = (name: string): name is KindName => Object.hasOwn(kinds, name)

/** The spec of a kind by name; null where this version does not know it. */
export const kindOf = (name: string): AnyKind | null =>
  isKind(name) ? (kinds[name] as unknown as AnyKind) : null

export const kindsIn = (purpose: Purpose): AnyKind[] =>
  kindNames.map((name) => kinds[name] as unknown as AnyKind).filter((kind) => kind.logbook === purpose)
