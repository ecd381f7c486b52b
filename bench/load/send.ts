import http from 'node:http'
import * as v from 'valibot'
import { headers, paths } from '../../src/protocol/api.ts'
import { Receipt } from '../../src/protocol/receipt.ts'
import type { Parcel } from './crowd.ts'

/** Sends parcels to one server over connections that stay open. */
export class Sender {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 256 })
  readonly #url: URL

  constructor(origin: string) {
    this.#url = new URL(paths.push, origin)
  }

  /** Resolves when a receipt says that every entry was stored. */
  send({ body }: Parcel): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const head = {
      'content-type': 'text/plain',
      'content-encoding': 'gzip',
      'content-length': body.length,
      [headers.sent]: String(Date.now()),
    }
    const request = http.request(
      this.#url,
      { method: 'POST', agent: this.#agent, headers: head },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => settle(answer.statusCode, Buffer.concat(parts).toString(), resolve, reject))
      },
    )
    request.on('error', reject)
    request.end(body)
    return promise
  }

  close(): void {
    this.#agent.destroy()
  }
}

function settle(
  status: number | undefined,
  text: string,
  resolve: () => void,
  reject: (error: Error) => void,
): void {
  const receipt = v.safeParse(Receipt, status === 200 ? JSON.parse(text) : null)
  const taken =
    receipt.success && receipt.output.pages.every((p) => p.status === 'stored' && p.entries.length === 0)
  if (taken) resolve()
  else reject(new Error(`not stored: ${status} ${text.slice(0, 300)}`))
}

export interface Driven {
  ms: number
  /** Of each request, ms. */
  took: number[]
}

/** Each queue is one phone's: its parcels go one after another, the phones at the same time, servers taking turns. */
export async function drive(origins: readonly string[], queues: readonly Parcel[][]): Promise<Driven> {
  const senders = origins.map((origin) => new Sender(origin))
  const took: number[] = []
  const begun = performance.now()
  await Promise.all(
    queues.map(async (queue, i) => {
      for (const [j, one] of queue.entries()) {
        const at = performance.now()
        await senders[(i + j) % senders.length]?.send(one)
        took.push(performance.now() - at)
      }
    }),
  )
  const ms = performance.now() - begun
  for (const sender of senders) sender.close()
  return { ms, took }
}
