import { pushMaxPages } from '../../protocol/page.ts'
import type { Trouble } from './ask.ts'

/** Pages of a request: half the most, so that one is sealed and packed while another is on its way. */
const pagesAtOnce = 25
/** Of the first of many requests, so that the centre has something to do while the next is packed. */
const pagesAtFirst = 8

/** Pages for one request; `ofMany` where there is more than that to send. */
export interface Size {
  pages: number
  ofMany: number
}

/** How many pages go into a request. */
export function createSizes() {
  let most = pagesAtOnce
  // Without a network each attempt is a single page: a tap must not pay for packing what can't go anyway.
  let probing = false
  let hoped = false
  return {
    next: (first: boolean): Size => {
      const pages = probing ? 1 : most
      return { pages, ofMany: first ? Math.min(pages, pagesAtFirst) : pages }
    },
    hope: () => {
      probing = false
      hoped = true
    },
    begin: () => {
      hoped = false
    },
    /** [PU11]: half as many at a time; each success afterwards allows one more. */
    learn: (pushed: { ok: true } | Trouble, sent: number) => {
      probing = !hoped && !pushed.ok && (pushed.problem === 'offline' || pushed.problem === 'not-gatepost')
      if (pushed.ok) most = Math.min(pushMaxPages, Math.max(most, Math.min(most + 1, pagesAtOnce)))
      else if (pushed.problem === 'too-large') most = Math.max(1, Math.floor(sent / 2))
    },
  }
}
