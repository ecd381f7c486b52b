import { readFileSync } from 'node:fs'

const html = readFileSync('dist/client/index.html', 'utf8')
const named = html.matchAll(/<(?:script|link rel="modulepreload")[^>]*(?:src|href)="\/?([^"]+\.js)"/g)

/** What the browser must have before the first screen: all scripts that the page itself names. */
export default [
  {
    name: 'initial JavaScript',
    path: [...named].map(([, file]) => `dist/client/${file}`),
    limit: '130 kB',
    gzip: true,
  },
]
