import type { PeerInfo } from '../../lib/peer.ts'

export const info: PeerInfo = {
  kind: 'the floor: bare HTTP and WebSocket, bare SQLite, bare IndexedDB; no product, only the work itself',
  durability: 'SQLite WAL synchronous=FULL, one commit per request',
  acknowledged: 'HTTP 200 after the commit',
}
