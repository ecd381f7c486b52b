import { readParcel } from '../../protocol/relay/parcel.ts'
import { done, refused, type Outcome } from './outcome.ts'
import type { SignedReceipt } from './receipts.ts'
import { sealReply, type Opener } from './sealing.ts'
import { digestOf } from './signing.ts'
import { pagesIn, type CamePage } from './wirePages.ts'

/**
 * Opens a parcel, has its pages accepted as if their phone had pushed them, and answers the receipt sealed for that
 * phone alone ([RL3], [RL4]).
 */
export async function answerParcel(
  open: Opener,
  parcel: string,
  accept: (pages: readonly CamePage[] | null) => Promise<Outcome<SignedReceipt>>,
): Promise<Outcome<string>> {
  const text = await open(parcel)
  if (!text.ok) return text
  const read = readParcel(text.value)
  if (!read) return refused('parcel-unreadable')
  const receipt = await accept(pagesIn(Buffer.from(read.pages)))
  if (!receipt.ok) return receipt
  const { body, signature } = receipt.value
  return done(await sealReply(JSON.stringify({ body, signature }), read.reply, digestOf(parcel)))
}
