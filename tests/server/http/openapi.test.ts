import { Validator } from '@seriousme/openapi-schema-validator'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { testCentre, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let document: { openapi: string; paths: Record<string, Record<string, { security?: unknown }>> }
beforeAll(async () => {
  centre = await testCentre()
  document = (await centre.app.inject(paths.openapi)).json()
})
afterAll(() => centre.end())

/** `GET /a/:id` of everything that the server answers by itself, from the router's own list. */
const routesOf = (app: FastifyInstance): string[] => {
  const known = Object.keys(document.paths).map((path) => path.replaceAll(/\{(\w+)\}/g, ':$1'))
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
  return known.flatMap((url) =>
    methods.flatMap((method) => (app.hasRoute({ method, url }) ? `${method} ${url}` : [])),
  )
}

describe('/api/openapi.json', () => {
  it('is a valid document of OpenAPI 3.1', async () => {
    const verdict = await new Validator().validate({ ...document })
    expect(verdict.errors ?? []).toEqual([])
    expect(verdict.valid).toBe(true)
    expect(document.openapi).toBe('3.1.0')
  })

  it('has every path of the protocol, and every method of each, and no other', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    )
    expect(told.sort()).toEqual(routesOf(centre.app).sort())
    const bare = new Set(Object.keys(document.paths).map((path) => path.replace('/{id}', '')))
    expect([...bare].sort()).toEqual(Object.values(paths).toSorted())
  })

  it('says truly which calls want a token', async () => {
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { security }] of Object.entries(methods)) {
        const url = path.replace('{id}', '7e1f7a52-0000-7000-8000-000000000000')
        const answer = await centre.app.inject({
          method: method === 'get' ? 'GET' : method === 'post' ? 'POST' : 'DELETE',
          url,
        })
        const wants = answer.body.includes('gatepost:token-missing')
        expect(wants, `${method} ${path}`).toBe(security !== undefined)
      }
  })
})
