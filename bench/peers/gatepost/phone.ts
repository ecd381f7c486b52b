/**
 * A phone in Node, its entries in memory as all peers have them in W2: sealing, packing, sending and proving the
 * receipt are the product's own.
 */
import type { Draft } from '../../../src/domain/entry.ts'
import { makeKeyPair, sha256, signText } from '../../../src/client/platform/crypto.ts'
import { toBytes } from '../../../src/client/platform/encoding.ts'
import { pack } from '../../../src/client/platform/gzip.ts'
import { systemClock } from '../../../src/client/platform/clock.ts'
import { createIds } from '../../../src/client/platform/ids.ts'
import { systemRandom } from '../../../src/client/platform/random.ts'
import { systemTimers } from '../../../src/client/platform/timers.ts'
import { fetchTransport, type Reply } from '../../../src/client/platform/transport.ts'
import { readReceipt } from '../../../src/client/sync/receive.ts'
import { Enrolled, headers, paths } from '../../../src/protocol/api.ts'
import {
  pageMaxEntries,
  payloadOf,
  pushMaxPages,
  wirePages,
  type WirePage,
} from '../../../src/protocol/page.ts'
import { protocolVersion } from '../../../src/protocol/version.ts'
import * as v from 'valibot'

export interface Phone {
  community: string
  /** Saves entries. */
  add(drafts: readonly (Draft & { seen?: number })[]): void
  /** Resolves when signed receipts have named every page. */
  push(): Promise<void>
}

type Body = string | Uint8Array<ArrayBuffer>

const ids = createIds(systemClock, systemRandom)
const decoder = new TextDecoder()
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function must(reply: Reply): Reply {
  if (reply.status !== 200) throw new Error(`${reply.status} ${decoder.decode(reply.bytes)}`)
  return reply
}

/** Each phone says that it comes from an address of its own, as a proxy would: enrolling is limited by address. */
const address = (): string => Array.from(systemRandom.bytes(3), String).join('.')

/** Posts to the centre; comes back after a second where it has too much to do, as a phone would: the time counts. */
function poster(url: string) {
  const transport = fetchTransport(systemTimers, url)
  const from = `10.${address()}`
  return async (path: string, body: Body, more: Record<string, string>): Promise<Reply> => {
    for (let tries = 0; ; tries++) {
      const now = { 'x-forwarded-for': from, [headers.sent]: String(Date.now()), ...more }
      const reply = await transport.send({ method: 'POST', path, body, headers: now, timeoutMs: 60_000 })
      if (reply.status !== 503 || tries === 10) return must(reply)
      await sleep(1000)
    }
  }
}

export async function enrolPhone(url: string, token: string, name: string): Promise<Phone> {
  const post = poster(url)
  const { privateKey, publicJwk } = await makeKeyPair()
  const request = JSON.stringify({ token, install: ids.next(), key: publicJwk, name, device: 'bench' })
  const answer = await post(paths.enrol, request, { 'content-type': 'application/json' })
  const who = v.parse(Enrolled, JSON.parse(decoder.decode(answer.bytes)))
  const lines: string[] = []
  let [page, prev, sealed] = [0, '', 0]

  async function seal(): Promise<WirePage> {
    const payload = lines.splice(0, pageMaxEntries)
    const hash = await sha256(toBytes(payloadOf(payload)))
    const place = { page: ++page, prev, first: sealed + 1, count: payload.length }
    const header = { v: protocolVersion, install: who.install, ...place, hash }
    const headerLine = JSON.stringify(header)
    prev = hash
    sealed += payload.length
    return { header, headerLine, signature: await signText(privateKey, headerLine), lines: payload }
  }

  async function send(pages: readonly WirePage[]): Promise<void> {
    const packed = await pack(toBytes(wirePages(pages)))
    const coding: Record<string, string> = packed.encoding ? { 'content-encoding': packed.encoding } : {}
    const reply = await post(paths.push, packed.bytes, { 'content-type': 'text/plain', ...coding })
    const receipt = await readReceipt(reply, who.serverKey)
    const named = receipt?.pages.filter(
      ({ hash, entries }) => entries.length === 0 && pages.some((p) => p.header.hash === hash),
    )
    if (named?.length !== pages.length) throw new Error(`not taken: ${JSON.stringify(receipt)}`)
  }

  return {
    community: who.community,
    add: (drafts) => {
      for (const draft of drafts)
        lines.push(
          JSON.stringify({
            id: ids.next(),
            v: 1,
            at: Date.now(),
            off: 0,
            offAge: 0,
            by: who.member,
            ...draft,
          }),
        )
    },
    push: async () => {
      while (lines.length > 0) {
        const pages: WirePage[] = []
        while (lines.length > 0 && pages.length < pushMaxPages) pages.push(await seal())
        await send(pages)
      }
    },
  }
}
