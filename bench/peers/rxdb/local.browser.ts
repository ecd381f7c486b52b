import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

export const makeStorage = () => getRxStorageDexie()
