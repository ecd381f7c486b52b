import * as v from 'valibot'
import { quarantineCodes } from './problems.ts'

/** What became of one entry that was not simply stored. `n` is the install's counter. */
export const EntryReceipt = v.object({
  n: v.number(),
  status: v.picklist(['duplicate', 'held', 'quarantined']),
  code: v.optional(v.picklist(quarantineCodes)),
})
export type EntryReceipt = v.InferOutput<typeof EntryReceipt>

export const PageReceipt = v.object({
  page: v.number(),
  hash: v.string(),
  /**
   * `stored`: every entry that `entries` doesn't name is stored. `duplicate`: the page had come before; `entries`
   * says what was said then. `forked`: another page of this number had come; entries were kept all the same, and
   * the install must renew its identity ([FO2]).
   */
  status: v.picklist(['stored', 'duplicate', 'forked']),
  entries: v.array(EntryReceipt),
})
export type PageReceipt = v.InferOutput<typeof PageReceipt>

/**
 * The centre's answer to a push. The signature (header `gatepost-signature`, ES256 with the server's key over the
 * body's bytes) makes it an acknowledgement; anything else is none ([PU4]).
 */
export const Receipt = v.looseObject({
  v: v.number(),
  install: v.string(),
  epoch: v.string(),
  /** The centre's time when the transaction had committed, ms. */
  time: v.number(),
  pages: v.array(PageReceipt),
  /** Head of each logbook that the pages touched, after the commit. */
  heads: v.record(v.string(), v.number()),
})
export type Receipt = v.InferOutput<typeof Receipt>
