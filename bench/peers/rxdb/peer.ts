import type { PeerInfo } from '../../lib/peer.ts'

export const info: PeerInfo = {
  kind: 'RxDB 17 with its Dexie storage, its replication protocol against hand-written Fastify endpoints',
  durability: 'SQLite WAL synchronous=FULL, one commit per push request',
  acknowledged: 'HTTP 200 with no conflicts, after the commit',
  // without its paid part RxDB opens at most 16 collections in one JavaScript process
  maxPerProcess: 13,
}
