import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { bundle } from './bundle.ts'

export interface Site {
  url: string
  close(): Promise<void>
}

export const portOf = (server: http.Server): number => (server.address() as AddressInfo).port

export const listen = (server: http.Server): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(portOf(server)))
  })

export const stopListening = (server: http.Server): Promise<void> =>
  new Promise((resolve) => {
    server.closeAllConnections()
    server.close(() => resolve())
  })

const html =
  '<!doctype html><meta charset=utf-8><title>bench</title><script type=module src=/app.js></script>'

/** Serves the page that carries a peer's client. */
export async function site(peerFolder: string): Promise<Site> {
  const script = await bundle(peerFolder)
  const server = http.createServer((request, response) => {
    const app = request.url?.startsWith('/app.js')
    response.writeHead(200, { 'content-type': app ? 'text/javascript' : 'text/html' })
    response.end(app ? script : html)
  })
  const port = await listen(server)
  return { url: `http://127.0.0.1:${port}/`, close: () => stopListening(server) }
}
