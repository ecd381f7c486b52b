import { createServer, type Server } from 'node:http'
import { X509Certificate } from 'node:crypto'
import { pageWords, type PageWords } from './pageWords.ts'

const css = `body{font:18px/1.6 system-ui,sans-serif;max-width:38rem;margin:0 auto;padding:1rem;color:#1b1b18;background:#fbfaf6}
section{border-top:2px solid;margin-top:2rem}a.get{display:block;padding:1rem;text-align:center;color:#fbfaf6;background:#1b1b18;text-decoration:none;font-weight:600}
code{overflow-wrap:anywhere}
@media (prefers-color-scheme:dark){body{color:#f2f0e8;background:#161614}a{color:inherit}a.get{color:#161614;background:#f2f0e8}}`

const escape = (text: string): string => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

const section = (
  words: PageWords,
  app: string,
  fingerprint: string,
): string => `<section lang="${words.lang}">
<h1>${escape(words.title)}</h1>
<p>${escape(words.why)}</p>
<p><a class="get" href="/ca.crt">${escape(words.get)}</a></p>
<h2>iPhone, iPad</h2><ol>${words.ios.map((line) => `<li>${escape(line)}</li>`).join('')}</ol>
<h2>Android</h2><ol>${words.android.map((line) => `<li>${escape(line)}</li>`).join('')}</ol>
<p>${escape(words.goOn)} <a href="${escape(app)}">${escape(app)}</a></p>
<p>${escape(words.check)} <code>${fingerprint}</code></p>
</section>`

/** SHA-256 of the authority's certificate, as phones show it: pairs of hex digits. `authority`: PEM. */
export const fingerprintOf = (authority: string): string => new X509Certificate(authority).fingerprint256

function page(app: string, fingerprint: string): string {
  const sections = pageWords.map((words) => section(words, app, fingerprint)).join('\n')
  return `<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8"><title>Gatepost 门岗</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><link rel="stylesheet" href="/page.css"></head>
<body><main>${sections}</main></body></html>`
}

const headers = {
  'content-security-policy': "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

/**
 * Plain HTTP, since nobody trusts us yet: hands out the authority's certificate with instructions, and nothing
 * else. `authority`: PEM; `app`: the address to go on to.
 */
export function lanPage(authority: string, app: string): Server {
  const certificate = new X509Certificate(authority)
  const answers: Readonly<Record<string, { type: string; body: string | Buffer }>> = {
    '/': { type: 'text/html; charset=utf-8', body: page(app, certificate.fingerprint256) },
    '/page.css': { type: 'text/css; charset=utf-8', body: css },
    // Phones offer to install DER under this type.
    '/ca.crt': { type: 'application/x-x509-ca-cert', body: certificate.raw },
  }
  return createServer(({ method, url = '/' }, response) => {
    const path = url.split('?', 1)[0] ?? '/'
    const found = Object.hasOwn(answers, path) ? answers[path] : undefined
    const known = found && (method === 'GET' || method === 'HEAD')
    response.writeHead(known ? 200 : 404, { ...headers, 'content-type': known ? found.type : 'text/plain' })
    response.end(known && method === 'GET' ? found.body : undefined)
  })
}
