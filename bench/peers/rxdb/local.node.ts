import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'

export const makeStorage = () => getRxStorageMemory()
