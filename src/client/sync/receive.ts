import * as v from 'valibot'
import { headers, type PublicJwk } from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import { Receipt } from '../../protocol/receipt.ts'
import { importPublicKey, verifyBytes } from '../platform/crypto.ts'
import { toText } from '../platform/encoding.ts'
import type { Reply } from '../platform/transport.ts'

/** The receipt in a reply; null unless the centre's key has signed it: then it is no acknowledgement ([PU4]). */
export async function readReceipt(
  reply: Pick<Reply, 'header' | 'bytes'>,
  serverKey: PublicJwk,
): Promise<Receipt | null> {
  const signature = reply.header(headers.signature)
  if (!signature) return null
  const key = await importPublicKey(serverKey)
  if (!(await verifyBytes(key, reply.bytes, signature))) return null
  const receipt = v.safeParse(Receipt, parseJson(toText(reply.bytes)))
  return receipt.success ? receipt.output : null
}
