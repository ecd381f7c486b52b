import type * as v from 'valibot'
import type { Role } from './members.ts'
import type { Purpose } from './logbooks.ts'

/** How much of a kind a role sees: all of it, with names and phones masked, or nothing. */
export type View = 'full' | 'masked'

export interface KindSpec<B> {
  name: string
  /** Raised when the meaning of the body changes; new optional fields do not raise it. */
  version: number
  logbook: Purpose
  /** A fact stands for itself and is corrected by a further fact; a document's entries are field patches. */
  nature: 'fact' | 'document'
  /** Loose: fields of a newer version are kept, not dropped. For documents: the whole record. */
  body: v.GenericSchema<unknown, B>
  /** Documents: the fields by which a client looks records up (indexed on the phone). */
  lookup: readonly (keyof B & string)[]
  /** Roles that may write it, where their grant covers the logbook's place. */
  write: readonly Role[]
  /** Roles that see it, and how. A role that is not named sees nothing. */
  read: Partial<Record<Role, View>>
  /** The body as the view `masked` shows it. Absent: nothing personal in it. */
  mask?: (body: B) => B
  keptDays: {
    /** On a phone, counted from arrival. Only sent entries are ever purged. */
    phone: number
    /** At the centre; null = as long as the community exists. */
    centre: number | null
    /** Single fields that go earlier than the entry. */
    fields?: Partial<Record<keyof B & string, number>>
  }
  /** What one entry adds to the hourly counts of its post. */
  tally?: (body: B) => readonly TallyMark[]
  /** The post a fact belongs to, for tallies and exports. */
  post?: (body: B) => string | undefined
  /** Its facts correct earlier facts of their logbook: bodies have the shape of a `Correction`. */
  corrects?: true
  /**
   * Order of arrival decides between its facts (who has the last place, which correction counts), so their author
   * pulls them as well and learns their order number.
   */
  ordered?: true
  /**
   * A field that names a member: roles outside `others` may write it of themselves only, or of whoever has shown them
   * their card, whose text as read stands in the field `card`.
   */
  self?: { field: keyof B & string; others: readonly Role[]; card?: keyof B & string }
}

export interface TallyMark {
  metric: string
  by: number
}

/** Ties the schema's type to the spec's, and keeps the literal types. */
export const defineKind = <B>(spec: KindSpec<B>): KindSpec<B> => spec
