import { serverFlags } from '../../../scripts/lib/serverFlags.mjs'
import type { PeerInfo } from '../../lib/peer.ts'

export const info: PeerInfo = {
  serverFlags,
  kind: 'the product: its real server, store and sync, with signatures, receipts and tallies',
  durability: 'SQLite WAL synchronous=FULL, one commit per request or shared by several; strict IndexedDB',
  acknowledged: 'a receipt signed by the server after the commit, verified by the phone',
}
