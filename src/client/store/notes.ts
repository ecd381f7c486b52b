import * as v from 'valibot'
import type { LogbookId } from '../../domain/ids.ts'
import type { Channel } from '../platform/channel.ts'

/** What the tabs of one phone tell each other, after the fact is on disk. */
const Note = v.variant('topic', [
  /** Entries were saved, up to this local counter, so that nobody has to count them. */
  v.object({ topic: v.literal('own'), n: v.number() }),
  /** A receipt was settled, or attention was. */
  v.object({ topic: v.literal('sent') }),
  /** A logbook has new rows, or lost some. `through`: rows up to this order number, so that none is read twice. */
  v.object({
    topic: v.literal('pulled'),
    logbook: v.string(),
    through: v.optional(v.object({ epoch: v.string(), seq: v.number() })),
  }),
  /** What was pulled has left the phone: the lease is over, or the phone is revoked. Screens have it in memory. */
  v.object({ topic: v.literal('forgotten') }),
  v.object({ topic: v.literal('identity') }),
  v.object({ topic: v.literal('clock') }),
  /** The leading tab is alive, and how its last contact went. */
  v.object({
    ...{ topic: v.literal('beat'), sending: v.boolean(), reached: v.boolean(), stranger: v.boolean() },
    full: v.optional(v.boolean(), false),
  }),
  /** A tab was opened and wants to know whether another one leads. */
  v.object({ topic: v.literal('call') }),
  /** A parcel of another phone's came, or was delivered. */
  v.object({ topic: v.literal('carried') }),
  /** Somebody tapped, or a tab became visible: send now. */
  v.object({ topic: v.literal('now') }),
])
export type Note = v.InferOutput<typeof Note>

/** Null for what another version of the app may say. */
export function readNote(data: unknown): Note | null {
  const note = v.safeParse(Note, data)
  return note.success ? note.output : null
}

/** Tells what has left the phone by itself, and with nothing in its place. */
export function tellForgotten(channel: Channel<Note>, logbooks: readonly LogbookId[]): void {
  for (const logbook of logbooks) channel.tell({ topic: 'pulled', logbook })
  if (logbooks.length > 0) channel.tell({ topic: 'forgotten' })
}
