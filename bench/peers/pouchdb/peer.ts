import type { PeerInfo } from '../../lib/peer.ts'

export const info: PeerInfo = {
  kind: 'PouchDB 9 in the browser, express-pouchdb 4.2 over LevelDB as its server',
  durability: 'every LevelDB write is synced; as shipped it is not (--opts \'{"fsync":false}\')',
  acknowledged: '_bulk_docs answers per batch, a checkpoint document at the end',
}
