import { afterEach, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { loggerOptions } from '../../../src/server/http/logging.ts'
import { invitation, testCentre, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre | undefined
afterEach(() => centre?.end())

async function loggedCentre() {
  const lines: string[] = []
  const logger = loggerOptions('debug', { write: (line) => void lines.push(line) })
  centre = await testCentre({ logger })
  return { centre, lines }
}

describe('the log', () => {
  it('holds nothing personal and no secret, whatever was called', async () => {
    const { centre, lines } = await loggedCentre()
    const here = await centre.found()
    const grants = [{ role: 'guard' as const, place: here.compound }]
    const token = await invitation(here.coordinator, grants)
    const guard = centre.phone()
    await guard.enrol(token, '李四')
    const body = {
      post: here.post,
      way: 'in',
      subject: 'vehicle',
      how: 'plate',
      plate: '京A12345',
      decision: 'admit',
    }
    await guard.push([{ kind: 'passage', logbook: here.gate, body: { ...body, name: '张三' } }])
    const jwt = guard.token()
    await guard.ask({ url: `${paths.pull}?logbook=${encodeURIComponent(here.gate)}` })
    await guard.ask({ url: `${paths.pull}?logbook=张三&after=secret-cursor` })
    await centre.app.inject({
      url: `/join?name=张三`,
      headers: { authorization: `Bearer ${jwt}`, 'user-agent': 'Phone/7' },
    })
    await centre.app.inject({ method: 'POST', url: paths.enrol, payload: '{"name":"张三","token":' })
    await here.coordinator.ask({ method: 'DELETE', url: `${paths.installs}/${guard.id}` })
    const log = lines.join('')
    expect(lines.length).toBeGreaterThan(8)
    for (const secret of [
      '李四',
      '张三',
      '王主任',
      '京A12345',
      token,
      jwt,
      guard.id,
      here.gate,
      'secret-cursor',
    ])
      expect(log, secret).not.toContain(secret)
    expect(log).not.toMatch(/127\.0\.0\.1|Phone\/7|authorization|"url"/)
  })

  it('names a call by its template, with its status and how long it took', async () => {
    const { centre, lines } = await loggedCentre()
    await centre.app.inject({
      method: 'DELETE',
      url: `${paths.installs}/7e1f7a52-0000-7000-8000-000000000000`,
    })
    const line: unknown = JSON.parse(lines.at(-1) ?? '')
    expect(line).toMatchObject({ method: 'DELETE', route: '/api/v1/installs/:id', status: 401 })
    expect(line).toHaveProperty('ms')
  })

  it('says of a fault where it was, never what a person wrote', async () => {
    const { centre, lines } = await loggedCentre()
    const here = await centre.found()
    centre.services.sync.scope = () => Promise.reject(new Error('张三 is at 3-2-501'))
    const answer = await here.coordinator.ask({ url: paths.scope })
    expect(answer.json()).toEqual({ type: 'gatepost:internal', status: 500, time: centre.clock.now })
    const log = lines.join('')
    expect(log).toContain('logging.test.ts')
    expect(log).not.toContain('张三')
  })
})
