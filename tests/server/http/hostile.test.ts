import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { pushMaxBytes, wirePages } from '../../../src/protocol/page.ts'
import { verify } from '../../../src/server/sync/verify/index.ts'
import { wire } from '../../../src/server/wire.ts'
import { retain } from '../../../src/server/sync/retention.ts'
import { until } from '../../support/waiting.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let here: Founded
let origin = ''
const times = { headersTimeout: 300, requestTimeout: 400, connectionsCheckingInterval: 50 }

beforeAll(async () => {
  centre = await testCentre({ times, load: { calls: 3, bytes: 9 * 1024 * 1024 } })
  here = await centre.found()
  origin = await centre.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => centre.end())

const post = (url: string, payload: string | Buffer, headers: Record<string, string> = {}) =>
  centre.app.inject({ method: 'POST', url, payload, headers })
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
const line = (body: string, kind = 'passage', more = ''): string => {
  const { id, at, by } = here.coordinator.entry({ kind, logbook: here.gate, body: {} })
  const logbook = kind === 'household' ? here.gate.replace('gate/', 'homes/') : here.gate
  return `{"id":"${id}","kind":"${kind}","v":1,"logbook":"${logbook}","at":${at},"by":"${by}"${more},"body":${body}}`
}
const passage = (more = ''): string =>
  `{"post":"${here.post}","way":"in","subject":"person","how":"none","decision":"admit"${more}}`

/** Speaks HTTP by hand; answers what came until the server closed the connection. */
async function byHand(head: string, drip?: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1')
  let answer = ''
  socket.on('data', (bytes: Buffer) => void (answer += bytes.toString()))
  socket.on('error', () => undefined)
  socket.write(head)
  const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip), 20)
  // A line that is cut while it is written to ends with an error; what was said before it is the answer.
  await new Promise((resolve) => socket.once('close', resolve))
  clearInterval(dripping)
  return answer
}

describe('a request that is too large', () => {
  it.each([paths.preview, paths.enrol, paths.invitations])(
    '%s takes no more than it could need',
    async (url) => {
      const answer = await post(url, `{"token":"${'x'.repeat(70_000)}"}`, {
        authorization: `Bearer ${here.coordinator.token()}`,
      })
      expect([answer.statusCode, answer.json().type]).toEqual([413, 'gatepost:too-large'])
    },
  )

  it('inflated is refused wherever it is sent, not only where pages go', async () => {
    const bomb = gzipSync(Buffer.alloc(pushMaxBytes * 4, ' '))
    for (const url of [paths.push, paths.preview, paths.enrol]) {
      const answer = await post(url, bomb, { 'content-encoding': 'gzip' })
      expect([answer.statusCode, answer.json().type], url).toEqual([413, 'gatepost:too-large'])
    }
  })

  it('within another (a bomb in a bomb) is inflated once and no further', async () => {
    const twice = gzipSync(gzipSync(Buffer.alloc(pushMaxBytes * 2)))
    expect((await post(paths.push, twice, { 'content-encoding': 'gzip' })).json().type).toBe(
      'gatepost:page-unreadable',
    )
    expect((await post(paths.push, twice, { 'content-encoding': 'gzip, gzip' })).statusCode).toBe(400)
  })

  it('with a header of a page that goes on for ever is no page', async () => {
    const answer = await post(paths.push, `{"v":1,"x":"${'x'.repeat(100_000)}"}\n${'A'.repeat(86)}\nx`)
    expect(answer.json().type).toBe('gatepost:page-unreadable')
  })
})

describe('a request that is nested without end', () => {
  it.each([paths.preview, paths.enrol])('%s is refused as any other that is none', async (url) => {
    for (const depth of [100, 30_000])
      expect((await post(url, `{"token":${nested(depth)}}`)).statusCode).toBe(400)
  })

  it('[PU6] as an entry is put aside, and neither its neighbours nor retention suffer', async () => {
    const record = `,"record":"${v7()}","seen":0`
    const deep = [
      line(passage(`,"later":${nested(20_000)}`)),
      line(`{"home":"1-1-1","people":[],"later":${nested(20_000)}}`, 'household', record),
      nested(20_000),
      line(passage(`,"later":${nested(40)}`)),
    ]
    const page = here.coordinator.sealLines([line(passage()), ...deep, line(passage(',"later":[[[1]]]'))])
    const { entries } = (await here.coordinator.send([page])).json().pages[0]
    const { first } = page.header
    expect(entries).toEqual(
      [1, 2, 3, 4].map((i) => ({ n: first + i, status: 'quarantined', code: 'unreadable' })),
    )
    const pulled = await here.coordinator.ask({
      url: `${paths.pull}?all=1&logbook=${encodeURIComponent(here.gate)}`,
    })
    expect(pulled.statusCode).toBe(200)
    await expect(
      retain(centre.services.storage, centre.clock.now + 86_400_000 * 400),
    ).resolves.toBeGreaterThan(0)
  })
})

describe('a request with numbers that no phone counts to', () => {
  const looksAfterItself = async () => {
    for (const url of [paths.quarantine, paths.status])
      expect((await here.coordinator.ask({ url })).statusCode, url).toBe(200)
    await expect(wire(centre.services.storage, () => centre.clock.now)).resolves.toBeDefined()
    await expect(verify(centre.services.storage)).resolves.toBeDefined()
  }

  it.each(['page', 'first'])(
    'in a header (%s) is no page, and the centre can still be started',
    async (field) => {
      const guard = await here.join('李四', [{ role: 'guard', place: here.compound }])
      const { id, at, by } = guard.entry({ kind: 'passage', logbook: here.gate, body: {} })
      const unknown = { id, kind: 'fooBar', v: 1, logbook: here.gate, at, by, body: {} }
      for (const number of [2 ** 53 + 2, 1e300]) {
        const page = guard.sealLines([JSON.stringify(unknown)], { [field]: number })
        expect((await guard.send([page])).json().type).toBe('gatepost:page-unreadable')
      }
      await looksAfterItself()
    },
  )

  it('as the time at which it was sent says nothing', async () => {
    const guard = await here.join('王五', [{ role: 'guard', place: here.compound }])
    const page = guard.seal([{ kind: 'fooBar', logbook: here.gate, body: {} }])
    const answer = await guard.send([page], { 'gatepost-sent': String(Number.MIN_SAFE_INTEGER) })
    expect(answer.json().pages[0].entries).toMatchObject([{ status: 'held' }])
    await looksAfterItself()
  })

  it('as what phones hold unsent says nothing', async () => {
    for (const name of ['赵六', '钱八']) {
      const guard = await here.join(name, [{ role: 'guard', place: here.compound }])
      const headers = { 'gatepost-unsent': String(Number.MAX_SAFE_INTEGER) }
      expect((await guard.ask({ url: paths.scope, headers })).statusCode).toBe(200)
    }
    await looksAfterItself()
  })
})

describe('a request in a wrong encoding', () => {
  it('of text is not what was signed', async () => {
    const text = wirePages([here.coordinator.sealLines([line(passage(',"note":"早上好"'))])])
    for (const bytes of [Buffer.from(text, 'utf16le'), Buffer.from(text, 'latin1')])
      expect([400, 401]).toContain((await post(paths.push, bytes)).statusCode)
  })

  it('with half a character is kept word for word where it was signed so', async () => {
    const page = here.coordinator.sealLines([line(passage(',"note":"\\ud83d"'))])
    expect((await here.coordinator.send([page])).json().pages[0].entries).toEqual([])
  })
})

describe('a request that takes its time', () => {
  it('is cut off when its body only drips, and the server goes on', async () => {
    const answer = await byHand(`POST ${paths.push} HTTP/1.1\r\nhost: x\r\ncontent-length: 5000\r\n\r\n`, 'x')
    expect(answer).toMatch(/^(HTTP\/1\.1 408|$)/)
    expect((await fetch(`${origin}${paths.health}`)).status).toBe(200)
  })

  it('is cut off when its head only drips', async () => {
    expect(await byHand(`GET ${paths.health} HTTP/1.1\r\nhost: x\r\nx: `, 'x')).toMatch(/^(HTTP\/1\.1 408|$)/)
  })

  it('is cut off over TLS as well', async () => {
    const own = await testCentre({ times, tls: { cert: '', key: '' } })
    expect(own.app.server.timeout).toBe(times.requestTimeout)
    await own.end()
  })

  it('holds no more than what has come of it, whatever it announces and however many there are', async () => {
    const head = `POST ${paths.push} HTTP/1.1\r\nhost: x\r\ncontent-length: ${pushMaxBytes}\r\n\r\n`
    const idle = Array.from({ length: 20 }, () => byHand(head))
    // Their heads were written before this one's, and are read before it.
    await fetch(origin + paths.health)
    const large = 'x'.repeat(2 * 1024 * 1024)
    const answer = await fetch(origin + paths.push, { method: 'POST', body: large })
    expect([answer.status, (await answer.json()).type]).toEqual([400, 'gatepost:page-unreadable'])
    await Promise.all(idle)
  })

  it('holds its share when it has come: the next ones are told to come again, then taken', async () => {
    const some = 'x'.repeat(pushMaxBytes - 1000)
    const head = `POST ${paths.push} HTTP/1.1\r\nhost: x\r\ncontent-length: ${pushMaxBytes}\r\n\r\n`
    const slow = byHand(head + some, 'x')
    const large = 'x'.repeat(2 * 1024 * 1024)
    const sent = () =>
      fetch(origin + paths.push, { method: 'POST', body: large }).then(
        ({ status, headers }) => [status, headers.get('retry-after')],
        () => [0, null],
      )
    const refused = await until('it is told to come again', async () => {
      const [status, after] = await sent()
      return status === 503 && after
    })
    expect(refused).toBe('5')
    await slow
    expect(await until('there is room again', async () => (await sent())[0] === 400)).toBe(true)
    expect((await here.coordinator.ask({ url: paths.status })).json().server.shed).toBeGreaterThan(0)
  })
})
