// The import table of the house: inner rooms know nothing of outer ones. docs/ says why.
const here = '^src/'
const libraries = '(^|/)node_modules/'

/**
 * A room may import itself, what `may` names, and nothing else.
 * @param {string} name
 * @param {string} room
 * @param {readonly string[]} may
 */
const only = (name, room, may) => ({
  name,
  severity: 'error',
  from: { path: `${here}${room}` },
  to: { pathNot: [`${here}${room}`, ...may] },
})

const domain = `${here}domain/`
const protocol = `${here}protocol/`
const platform = `${here}client/platform/`
const store = `${here}client/store/`
const ui = `${here}client/ui/`
const words = `${here}client/i18n/`
const schemas = `${libraries}valibot/`
/** All that a screen may know of sync: how it stands, and the calls that need the centre at once. */
const syncDoors = `${here}client/sync/(status|calls)\\.ts$`
/** A file of a library by its address, as Vite gives it: the cruiser can't look behind the question mark. */
const file = '\\.wasm\\?url$'
const drivers = `${here}server/storage/[^/]+/`

export default {
  forbidden: [
    only('domain', 'domain/', [schemas]),
    only('protocol', 'protocol/', [domain, schemas]),
    only('platform', 'client/platform/', [libraries, file]),
    only('ui', 'client/ui/', [libraries, words]),
    only('i18n', 'client/i18n/', [libraries]),
    only('store', 'client/store/', [libraries, domain, protocol, platform]),
    only('sync', 'client/sync/', [libraries, domain, protocol, platform, store]),
    {
      name: 'feature',
      comment: 'A feature imports itself and the rooms below; never another feature.',
      severity: 'error',
      from: { path: '^src/client/features/([^/]+)/' },
      to: {
        pathNot: ['^src/client/features/$1/', libraries, domain, store, ui, words, platform, syncDoors],
      },
    },
    {
      name: 'storage',
      severity: 'error',
      from: { path: '^src/server/storage/' },
      to: { pathNot: ['^src/server/storage/', libraries, domain, protocol], dependencyTypesNot: ['core'] },
    },
    {
      name: 'inwards',
      comment: 'http → auth → sync → storage, never outwards.',
      severity: 'error',
      from: { path: '^src/server/(sync|auth)/' },
      to: { path: '^src/server/(http/|app\\.ts|main\\.ts|cli)' },
    },
    {
      name: 'sync-below-auth',
      severity: 'error',
      from: { path: '^src/server/sync/' },
      to: { path: '^src/server/auth/' },
    },
    {
      name: 'storage-by-its-interface',
      comment: 'Only what wires the server names a driver.',
      severity: 'error',
      from: { path: '^src/server/(http|auth|sync)/' },
      to: { path: drivers },
    },
    {
      name: 'client-not-server',
      severity: 'error',
      from: { path: '^src/client/' },
      to: { path: '^src/server/' },
    },
    {
      name: 'server-not-client',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/client/' },
    },
    {
      name: 'no-node-in-the-browser',
      severity: 'error',
      from: { path: '^src/(client|domain|protocol)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-only',
      comment: 'Tests, scripts and benchmarks never enter the product.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|scripts|bench)/' },
    },
    {
      name: 'no-circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^virtual:', file] },
    },
    {
      name: 'declared',
      comment: 'What the product imports stands under dependencies.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.client.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
