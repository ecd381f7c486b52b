import type { TestPhone } from '../../tests/support/testPhone.ts'
import { parcel, type Crowd, type Shape } from './crowd.ts'
import { sleep } from './percentiles.ts'
import { Sender } from './send.ts'

export interface Steady {
  /** Of each request, counted from when it was due, ms: what waits behind a slow one counts, too. */
  took: { dueAt: number; ms: number }[]
  failed: number
}

/** Requests at moments that don't wait for answers, as phones come; at random, with this mean rate, per second. */
export async function steady(
  origins: readonly string[],
  crowd: Crowd,
  shape: Shape,
  rate: number,
  seconds: number,
): Promise<Steady> {
  const senders = origins.map((origin) => new Sender(origin))
  const result: Steady = { took: [], failed: 0 }
  const begun = performance.now()
  const running: Promise<void>[] = []
  let count = 0
  const one = async (phone: TestPhone, dueAt: number): Promise<void> => {
    const sender = senders[count++ % senders.length]
    const done = await sender?.send(parcel(phone, crowd.scene, shape)).then(
      () => true,
      () => false,
    )
    if (done) result.took.push({ dueAt, ms: performance.now() - begun - dueAt })
    else result.failed++
  }
  for (let dueAt = 0; dueAt < seconds * 1000; dueAt += (-Math.log(1 - Math.random()) / rate) * 1000) {
    const wait = dueAt - (performance.now() - begun)
    if (wait > 1) await sleep(wait)
    const phone = crowd.phones[count % crowd.phones.length]
    if (phone) running.push(one(phone, dueAt))
  }
  await Promise.all(running)
  for (const sender of senders) sender.close()
  return result
}
