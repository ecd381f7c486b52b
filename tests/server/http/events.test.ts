import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { headers, paths } from '../../../src/protocol/api.ts'
import { buildApp } from '../../../src/server/app.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'
import { until } from '../../support/waiting.ts'
import type { TestPhone } from '../../support/testPhone.ts'

let centre: TestCentre
let here: Founded
let guard: TestPhone
let origin = ''

beforeEach(async () => {
  centre = await testCentre()
  here = await centre.found()
  guard = await here.join('李四', [{ role: 'guard', place: here.compound }])
  origin = await centre.app.listen({ port: 0, host: '127.0.0.1' })
})
afterEach(() => centre.end())

/** Opens a stream; `next` answers its next poke, or null at its end. */
async function listen(phone: TestPhone, at = origin) {
  const answer = await fetch(at + paths.events, { headers: { authorization: `Bearer ${phone.token()}` } })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  let heard = ''
  const next = async (): Promise<unknown> => {
    for (;;) {
      const found = /^data: (.*)\n\n/m.exec(heard)
      if (found?.[1]) {
        heard = heard.slice(found.index + found[0].length)
        return JSON.parse(found[1])
      }
      const piece = await reader?.read()
      if (!piece || piece.done) return null
      heard += piece.value
    }
  }
  return { answer, next }
}

const connections = () =>
  new Promise<number>((told) => centre.app.server.getConnections((_error, count) => told(count)))

const passage = () => ({
  kind: 'passage',
  logbook: here.gate,
  body: { post: here.post, way: 'in', subject: 'person', how: 'none', decision: 'admit' },
})

describe('[EV1] the stream of pokes', () => {
  it('says what is new in a logbook that the phone holds, with the centre’s time in its head', async () => {
    const { answer, next } = await listen(guard)
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    expect(answer.headers.get(headers.time)).toBe(String(centre.clock.now))
    await here.coordinator.push([passage()])
    expect(await next()).toEqual({ logbook: here.gate, seq: 1 })
  })

  it('says nothing of logbooks that the phone does not hold', async () => {
    const { next } = await listen(guard)
    await here.join('赵六', [{ role: 'volunteer', place: here.community }])
    await here.coordinator.push([passage()])
    expect(await next()).toEqual({ logbook: here.gate, seq: 1 })
  })

  it('says `scope` when the phone’s grants change (failure mode 28)', async () => {
    const { next } = await listen(guard)
    const grants = [{ role: 'coordinator', place: here.community }]
    const member = guard.enrolled?.member ?? ''
    const people = `people/${here.community}`
    await here.coordinator.push([{ kind: 'member', logbook: people, record: member, body: { grants } }])
    expect(await next()).toEqual({ scope: true })
  })

  it('[EV3] ends at once when the install is revoked, and opens no more', async () => {
    const { next } = await listen(guard)
    await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${guard.id}` })
    expect(await next()).toBe(null)
    expect((await listen(guard)).answer.status).toBe(403)
  })

  it('[EV3] ends on every server when the install is revoked, or signs out, at one of them', async () => {
    const other = await buildApp(centre.services, { client: '/nowhere', trustProxy: [], logger: false })
    const there = await other.listen({ port: 0, host: '127.0.0.1' })
    const leaver = await here.join('王五', [{ role: 'guard', place: here.compound }])
    const streams = [await listen(guard, there), await listen(leaver, there)]
    await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${guard.id}` })
    expect(await streams[0]?.next()).toBe(null)
    await leaver.ask({ method: 'POST', url: paths.leave })
    expect(await streams[1]?.next()).toBe(null)
    await other.close()
  })

  it('[EV3] ends where the install is revoked while the stream is opened', async () => {
    const { storage } = centre.services
    const write = storage.write.bind(storage)
    // The call's own note comes after its token was judged and before its stream is there.
    storage.write = async (work, sent) => {
      storage.write = write
      await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${guard.id}` })
      return write(work, sent)
    }
    centre.clock.now += 120_000
    expect(await (await listen(guard)).next()).toBe(null)
  })

  it('is not kept of a phone that went before it was open', async () => {
    const { storage, meter } = centre.services
    const write = storage.write.bind(storage)
    const gone = new AbortController()
    const opened = Promise.withResolvers<void>()
    storage.write = async (work, sent) => {
      storage.write = write
      gone.abort()
      await until('the line is down', async () => (await connections()) === 0)
      setTimeout(opened.resolve, 50)
      return write(work, sent)
    }
    centre.clock.now += 120_000
    const asked = { headers: { authorization: `Bearer ${guard.token()}` }, signal: gone.signal }
    await expect(fetch(origin + paths.events, asked)).rejects.toThrow('aborted')
    await opened.promise
    expect((await meter.told()).streams).toBe(0)
  })

  it('ends when the server stops, so that stopping takes no time', async () => {
    const { next } = await listen(guard)
    await centre.app.close()
    expect(await next()).toBe(null)
  })

  it('is closed to whoever has no token', async () => {
    expect((await fetch(origin + paths.events)).status).toBe(401)
  })
})
