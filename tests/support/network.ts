import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/**
 * `through`: everything passes. `portal`: a hotel's log-in page answers 200 to everything. `deaf`: requests
 * reach the centre, answers to pushes are lost. `down`: connections break.
 */
export type Weather = 'through' | 'portal' | 'deaf' | 'down'

const portalPage = '<!doctype html><title>Wi-Fi</title><h1>Log in to the guest network</h1>'

/** What lies between phones and the centre; its address is the one that phones know. */
export class Network {
  weather: Weather = 'through'
  /** Answers that were lost on the way. */
  lost = 0
  readonly #target: () => number
  readonly #server = createServer((from, to) => this.#carry(from, to))

  /** @param target gives the port of the centre at this moment */
  constructor(target: () => number) {
    this.#target = target
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get origin(): string {
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  /** Open connections break too: a stream that was there before the change does not outlive it. */
  change(weather: Weather): void {
    this.weather = weather
    this.#server.closeAllConnections()
  }

  #carry(from: IncomingMessage, to: ServerResponse): void {
    if (this.weather === 'down') return void from.destroy()
    if (this.weather === 'portal')
      return void to.writeHead(200, { 'content-type': 'text/html' }).end(portalPage)
    const deaf = this.weather === 'deaf' && from.url?.includes('/push') === true
    const { method, url: path, headers } = from
    const onwards = request({ host: '127.0.0.1', port: this.#target(), method, path, headers }, (answer) => {
      if (deaf) return this.#lose(answer, to)
      to.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(to)
      answer.on('error', () => to.destroy())
    })
    onwards.on('error', () => to.destroy())
    to.on('close', () => onwards.destroy())
    from.pipe(onwards)
  }

  #lose(answer: IncomingMessage, to: ServerResponse): void {
    answer.resume().on('end', () => {
      this.lost++
      to.destroy()
    })
  }

  async end(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}
