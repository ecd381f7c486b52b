import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { v7 } from 'uuid'
import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { Receipt } from '../../../src/protocol/receipt.ts'
import type { WirePage } from '../../../src/protocol/page.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { httpLine } from '../../support/httpLine.ts'
import { kills } from '../../support/kills.ts'
import { seeded } from '../../support/seeded.ts'
import { ServerProcess } from '../../support/serverProcess.ts'
import { invitation } from '../../support/testCentre.ts'
import { TestPhone } from '../../support/testPhone.ts'

/** Of one database: what it holds afterwards is compared entry by entry. */
const roundsAtMost = 60
const rounds = kills('GATEPOST_SERVER_KILLS', 60)
const stretches = Array.from({ length: Math.ceil(rounds / roundsAtMost) }, (_, i) => ({
  from: i * roundsAtMost + 1,
  to: Math.min(rounds, (i + 1) * roundsAtMost),
}))
const folder = newFolder('kill')
afterAll(() => removeFolder(folder))

/** A phone that sends pages without a pause, and again until they are acknowledged; nothing is forgotten. */
class BusyPhone {
  readonly phone: TestPhone
  readonly acknowledged = new Set<string>()
  /** Whatever the centre said of an entry but that it is stored. */
  readonly remarks: unknown[] = []
  readonly #logbook: string
  #unsent: { page: WirePage; ids: string[] }[] = []
  busy = true

  constructor(phone: TestPhone, logbook: string) {
    this.phone = phone
    this.#logbook = logbook
  }

  async run(random: () => number): Promise<void> {
    while (this.busy || this.#unsent.length > 0) {
      while (this.busy && this.#unsent.length < 3)
        this.#unsent.push(this.#write(1 + Math.floor(random() * 30)))
      if (!(await this.#send())) await pause(20)
    }
  }

  #write(count: number) {
    const ids = Array.from({ length: count }, () => v7())
    const body = { post: v7(), celsius: 36.5, fever: false }
    const page = this.phone.seal(ids.map((id) => ({ kind: 'reading', id, logbook: this.#logbook, body })))
    return { page, ids }
  }

  /** False where no receipt came: then the same pages go again. */
  async #send(): Promise<boolean> {
    const answer = await this.phone.send(this.#unsent.map(({ page }) => page)).catch(() => null)
    const receipt = v.safeParse(Receipt, answer?.statusCode === 200 ? answer.json() : null)
    if (!receipt.success) return false
    this.remarks.push(...receipt.output.pages.flatMap(({ entries }) => entries))
    for (const { ids } of this.#unsent.splice(0)) for (const id of ids) this.acknowledged.add(id)
    return true
  }
}

describe('kill -9 under load', () => {
  it.each(stretches)(
    'kills $from to $to: loses nothing acknowledged and doubles nothing (failure modes 14, 16)',
    async ({ from, to }) => {
      const data = join(folder, String(from), 'data')
      const random = seeded(20_261_121 + from)
      let server = await ServerProcess.serving(data)
      const { founder, gate } = await found(server)
      const phones = await Promise.all([founder, ...[1, 2, 3].map(() => joined(founder, gate, server))])
      const busy = phones.map((phone) => new BusyPhone(phone, gate))
      const running = busy.map((one) => one.run(random))
      for (let kill = from; kill <= to; kill++) {
        await pause(20 + random() * 180)
        await server.stop('SIGKILL')
        server = await ServerProcess.serving(data)
        for (const phone of phones) phone.line = httpLine(server.origin)
      }
      for (const one of busy) one.busy = false
      await Promise.all(running)
      expect(await server.stop()).toBe(0)
      await everythingIsThereOnce(data, gate, busy, (to - from + 1) * 10)
      removeFolder(join(folder, String(from)))
    },
    60_000 + roundsAtMost * 5_000,
  )
})

async function everythingIsThereOnce(
  data: string,
  gate: string,
  busy: readonly BusyPhone[],
  atLeast: number,
): Promise<void> {
  const storage = await openSqlite({ file: join(data, 'gatepost.db') })
  const acknowledged = busy.flatMap((one) => [...one.acknowledged])
  const stored = await storage.entries({ logbook: gate, after: 0, limit: 1_000_000 })
  const head = (await storage.logbook(gate))?.head
  for (const one of busy) {
    const received = (await storage.install(one.phone.id))?.received ?? 0
    expect(received).toBeGreaterThanOrEqual(one.acknowledged.size)
  }
  await storage.close()
  expect(busy.flatMap((one) => one.remarks)).toEqual([])
  expect(acknowledged.length).toBeGreaterThan(atLeast)
  expect(stored.map(({ id }) => id).sort()).toEqual(acknowledged.sort())
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1))
  expect(head).toBe(stored.length)
}

async function found(server: ServerProcess) {
  const founder = new TestPhone(httpLine(server.origin))
  const { community } = await founder.enrol(server.secret, '王主任')
  const compound = v7()
  const doc = (record: string, body: Record<string, unknown>) => ({
    kind: 'place',
    logbook: `duty/${community}`,
    record,
    body,
  })
  await founder.push([
    doc(community, { level: 'community', name: '示例社区' }),
    doc(compound, { level: 'compound', name: '一号院', parent: community }),
  ])
  return { founder, gate: `gate/${compound}` }
}

/** A further phone at the gate, by invitation. */
async function joined(founder: TestPhone, gate: string, server: ServerProcess): Promise<TestPhone> {
  const phone = new TestPhone(httpLine(server.origin))
  await phone.enrol(await invitation(founder, [{ role: 'guard', place: gate.slice('gate/'.length) }]), '李四')
  return phone
}
