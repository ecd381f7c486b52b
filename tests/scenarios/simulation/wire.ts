import {
  TransportFailed,
  type Reply,
  type Request,
  type Transport,
} from '../../../src/client/platform/transport.ts'
import type { Centre, CentreReply, Death } from './centre.ts'
import { portalPage, type Mishap, type Weather } from './faults.ts'
import { busy } from './quiet.ts'
import type { Seeded } from './seeded.ts'
import type { VirtualTime } from './virtualTime.ts'

/** One phone's way to the centre. */
export interface Link {
  online: boolean
  weather: Weather
}

export interface WireParts {
  centre: Centre
  time: VirtualTime
  seed: Seeded
  link: Link
  /** The app's process dies: nothing that it waits for comes any more. */
  die: () => void
}

const toReply = ({ status, header, body }: CentreReply): Reply => ({ status, header, bytes: body })

const never = () => new Promise<never>(() => undefined)

const cutBytes = (bytes: Uint8Array<ArrayBuffer>, share: number) =>
  bytes.slice(0, Math.floor(bytes.byteLength * share))

/** A reply of somebody who is not the centre. */
const foreign = (status: number, text: string): Reply => ({
  status,
  header: () => null,
  bytes: new TextEncoder().encode(text),
})

/** Carries a phone's requests over virtual time, with whatever the weather does to them. */
export function createWire({ centre, time, seed, link, die }: WireParts): Transport {
  const sleep = (ms: number) => new Promise<void>((wake) => time.after(ms, wake))
  const arrive = async (request: Request, death: Death = null): Promise<Reply> => {
    try {
      return toReply(await busy(centre.handle(request, death)))
    } catch {
      throw new TransportFailed('offline')
    }
  }
  const later = (request: Request) =>
    time.after(1000 * (1 + seed.int(1800)), () => void arrive(request).catch(() => undefined))

  const befall: Record<Mishap, (request: Request) => Promise<Reply>> = {
    lost: () => Promise.reject(new TransportFailed('offline')),
    async answerLost(request) {
      await arrive(request)
      throw new TransportFailed('offline')
    },
    async twice(request) {
      await arrive(request)
      return arrive(request)
    },
    async late(request) {
      later(request)
      if (seed.chance(0.5)) throw new TransportFailed('timeout')
      return arrive(request)
    },
    cutRequest: (request) =>
      arrive(
        request.body === undefined
          ? request
          : { ...request, body: cutBytes(new Uint8Array(Buffer.from(request.body)), seed.unit()) },
      ),
    async cutAnswer(request) {
      const reply = await arrive(request)
      return { ...reply, bytes: cutBytes(reply.bytes, seed.unit()) }
    },
    portal: () => Promise.resolve(foreign(200, portalPage)),
    busy: () => Promise.resolve(foreign(503, '')),
    tooLarge: () => Promise.resolve(foreign(413, '')),
    async hangs(request) {
      if (seed.chance(0.5)) await arrive(request)
      return never()
    },
    centreDiesBefore: (request) => arrive(request, 'before'),
    centreDiesAfter: (request) => arrive(request, 'after'),
    phoneDiesBefore() {
      die()
      return never()
    },
    async phoneDiesAfter(request) {
      await arrive(request)
      die()
      return never()
    },
  }

  const travel = async (request: Request): Promise<Reply> => {
    await sleep(20 + seed.int(400))
    if (!link.online) throw new TransportFailed('offline')
    const mishap = link.weather.next()
    return mishap ? befall[mishap](request) : arrive(request)
  }

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const cancel = time.after(request.timeoutMs, () => reject(new TransportFailed('timeout')))
        request.signal?.addEventListener('abort', () => reject(new TransportFailed('aborted')))
        travel(request).then(resolve, reject).finally(cancel)
      }),
    // Nothing may rest on pokes: the simulated phones hear none and find out by asking.
    open: () => Promise.reject(new TransportFailed('offline')),
  }
}
