import plugin from 'pouchdb-adapter-memory'

export const adapter = 'memory'
export { plugin }
