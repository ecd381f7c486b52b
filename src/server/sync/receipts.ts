import { protocolVersion } from '../../protocol/version.ts'
import type { Receipt } from '../../protocol/receipt.ts'
import type { Pushed } from './accept.ts'

/** A receipt's text and the server's signature over its bytes ([PU4]). */
export interface SignedReceipt {
  body: string
  signature: string
}

/** Made only after the commit is on disk ([PU2]). `time`: the centre's time, ms. */
export function signReceipt(
  { install, pages, heads }: Pushed,
  epoch: string,
  time: number,
  sign: (text: string) => string,
): SignedReceipt {
  const receipt: Receipt = {
    v: protocolVersion,
    install,
    epoch,
    time,
    pages: pages.map((page) => page.receipt),
    heads: { ...heads },
  }
  const body = JSON.stringify(receipt)
  return { body, signature: sign(body) }
}
