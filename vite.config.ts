import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import { classicScripts } from './scripts/lib/classicScripts.ts'
import { manifest } from './src/client/manifest.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const anyOf = (tests: readonly RegExp[]): RegExp => new RegExp(tests.map(({ source }) => source).join('|'))

/** What no screen needs before it is there: the rules that screens reckon by, and the devices that they ask for. */
const rules = [
  /src\/domain\/(rules\/(?!duty|lease)|formats|permissions)/,
  /src\/client\/platform\/(camera|decoder|pin|position|scanner|sound|typedScanner|useScan|vibration|wakeLock|whereabouts)/,
  /src\/client\/(store\/takeUp|ui\/UiScan)/,
]

/** Parts that screens are made of; the button stands on the first one already. */
const parts = /src\/client\/ui\/(Ui(?!Button|Scan)|saveAsFile|shareFile|useSpan|useWide)/

/**
 * What comes before every screen, in a few files that are each run in a task of their own: in one it would be a long task,
 * and each more of them is one more request.
 */
const first = [
  {
    name: 'ahead',
    test: /client\/(ahead|i18n\/(locales|words)|platform\/storage)\.ts|preload-helper|rolldown\/runtime/,
  },
  { name: 'vue', test: /node_modules\/(@vue|vue)\/|plugin-vue/ },
  { name: 'texts', test: /node_modules\/(vue-router|@intlify)\/|src\/client\/i18n\/(?!load|zh|en)/ },
  { name: 'dexie', test: /node_modules\/dexie\// },
  {
    name: 'app',
    test: anyOf([
      /node_modules\/(valibot|uuid|jose)\//,
      /src\/(domain\/(?!sample|rules\/duty)|protocol)/,
      /src\/client\/(ui|platform|store\/(?!duty|codes|kept)|sync)/,
    ]),
  },
]

/** Handing over without a network: seldom used, and the half of `jose` that encrypts with it. */
const phoneToPhone = [
  /src\/client\/(sync\/relay\/(?!deliver)|features\/relay\/(?!routes))/,
  /src\/(protocol\/relay\/(?!text)|domain\/fountain)/,
  /jose\/dist\/webapi\/(jwe\/|key\/|lib\/(jwe_|content_enc|deflate|key_(alg|man)|asn1))/,
]

/** What goes to the centre and back: it comes when the screen stands, along with the half of `jose` that signs. */
const toCentre = [
  /src\/client\/sync\/(?!guards|relay|status|watch|calls|laterSync)/,
  /src\/client\/(sync\/relay\/deliver|store\/(lease|pages|receipts|relay|turns|wipe)|platform\/(gzip|signals))\.ts/,
  /src\/protocol\/(api|receipt|relay\/text|version)/,
  /jose\/dist\/webapi\/(?!util\/base64url|lib\/(base64|buffer_utils))/,
]

/** Several guards on one phone: most phones are one guard's. */
const severalGuards =
  /src\/(domain\/rules\/guards|client\/(platform\/(vaultCrypto|heldLock)|(store|sync|features)\/guards\/(?!routes)))/

/**
 * A few files instead of seventy, cut along the rooms: a file may only need files of rooms further in, or one would
 * run before what it needs is there. What comes before every screen in one, what several screens need in a few, each
 * big feature in one. Left lazy: languages, the chart, the code reader, the sample neighbourhood, the service worker's
 * helper.
 */
const chunks = [
  { name: 'relay', test: anyOf(phoneToPhone) },
  { name: 'guards', test: severalGuards },
  { name: 'sync', test: anyOf(toCentre) },
  { name: 'rules', test: anyOf(rules) },
  { name: 'screens', test: parts },
  ...first,
  { name: 'duty', test: /src\/(domain\/rules\/duty|client\/store\/(duty|codes|kept))/ },
  { name: 'gate', test: /features\/gate\/(?!routes)/ },
  { name: 'posts', test: /features\/(roster|checkin|kiosk|units)\/(?!routes)/ },
  { name: 'desk', test: /features\/desk\/(?!routes)/ },
  { name: 'pages', test: /features\/(enrol|home|settings|sync)\/(?!routes|StatePill|pill|useStatus)/ },
]

/** Texts are read as data: to compile them as code takes a slow phone several times as long. */
const textsAsData: Plugin = {
  name: 'gatepost:texts-as-data',
  apply: 'build',
  enforce: 'post',
  transform: {
    filter: { id: /\/i18n\/[^/]+\/\w+\.json$/ },
    handler: (_code, id) =>
      `export default JSON.parse(${JSON.stringify(JSON.stringify(JSON.parse(readFileSync(id, 'utf8'))))})`,
  },
}

const isStyle = (file: string): boolean => file.endsWith('.css')

/** The app: src/client to dist/client. No inline script or style, so that the strict policy holds. */
export default defineConfig({
  root: here('src/client'),
  publicDir: here('public'),
  build: {
    outDir: here('dist/client'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // All styles in one file, before the first paint: a screen that waits for its own is drawn late, and each costs a request.
    cssCodeSplit: false,
    // Styles come before their screen; scripts are named where they are loaded.
    modulePreload: { polyfill: false, resolveDependencies: (_file, needs) => needs.filter(isStyle) },
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { output: { codeSplitting: { groups: chunks, includeDependenciesRecursively: false } } },
  },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
    __INTLIFY_JIT_COMPILATION__: true,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  plugins: [
    vue(),
    textsAsData,
    classicScripts(),
    VitePWA({
      strategies: 'injectManifest',
      srcDir: '.',
      filename: 'serviceWorker.ts',
      injectRegister: false,
      manifest,
      injectManifest: {
        // Everything, lazy chunks and the decoder included: offline is complete or it is not offline.
        globPatterns: ['**/*.{js,css,html,wasm,svg,png,webmanifest}'],
        maximumFileSizeToCacheInBytes: 4 * 1024 * 1024,
      },
    }),
  ],
})
