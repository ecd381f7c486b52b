import plugin from 'pouchdb-adapter-indexeddb'

export const adapter = 'indexeddb'
export { plugin }
