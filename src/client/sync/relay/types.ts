import type { Observable } from '../../store/types.ts'

/** Four letters and figures by which two people tell that they speak of the same parcel. */
export type ParcelMark = string

/** Something to show to another phone's camera, or to give it as a file. */
export interface Showing {
  id: string
  mark: ParcelMark
  /** The picture of this number, from 0 on, as the text of a code. */
  frame(n: number): string
  /** How many pictures the other phone needs at least. */
  frames: number
  file: { name: string; text: string }
}

/** A parcel of this phone's own entries. */
export interface OwnParcel extends Showing {
  entries: number
  /** Entries that wait and are in no parcel yet. */
  left: number
}

/** A parcel of somebody else's on this phone. */
export interface Carried {
  id: string
  mark: ParcelMark
  /** `back`: the centre has it; its phone gets the receipt. */
  state: 'waiting' | 'back' | 'refused'
  /** Why the centre could not take it: catalogue `problem.<code>`. */
  code?: string
  /** Device time of the last change, ms. */
  at: number
}

export interface RelayState {
  /** This phone knows the key that parcels are sealed to: it has had contact since there is one. */
  ready: boolean
  /** Entries without a receipt, and how many of these somebody was given. */
  unsent: number
  handed: number
  carried: readonly Carried[]
}

/**
 * What came of something that was read. `parcel`: it is on this phone now (`again`: it was before; `back`: and its
 * receipt waits here). `receipt`: the centre has these entries of ours. `strange`: of another community's centre;
 * `own`: this phone's own parcel; `old`: a receipt for what needs none; `full`: no room for more parcels.
 */
export type Taken =
  | { what: 'parcel'; id: string; mark: ParcelMark; again: boolean; back: boolean }
  | { what: 'receipt'; mark: ParcelMark; entries: number }
  | { what: 'strange' | 'own' | 'old' | 'full' | 'unreadable' }

/** Where a reading stands: how much is there (0 to 1), and what came of it once it is whole. */
export interface Collected {
  share: number
  taken: Taken | null
}

export interface Collector {
  /** Takes a code's text in; null where it is no picture of a handover. */
  add(text: string): Promise<Collected | null>
}

/** From phone to phone, where there is no network. */
export interface Relay {
  state: Observable<RelayState>
  /**
   * The next parcel; the same one again until it was `handed`. Null where nothing waits that nobody was given;
   * with `again` everything that waits is given once more. `file` takes more into one parcel.
   */
  pack(how: 'frames' | 'file', again?: boolean): Promise<OwnParcel | null>
  /** The other phone has it. Nothing is sent by that: only the receipt says so. */
  handed(id: string): Promise<void>
  /** The receipt for a parcel that this phone has delivered; null where it has none. */
  receipt(id: string): Promise<Showing | null>
  /** Its phone has the receipt, or the parcel was of no use: it leaves this phone. */
  drop(id: string): Promise<void>
  collect(): Collector
  /** Takes the text of a file in. */
  takeText(text: string): Promise<Taken>
}
