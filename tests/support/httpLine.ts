import type { InjectOptions } from 'fastify'
import type { Answer, Line } from './testPhone.ts'

/** Carries a test phone's calls to a real server. */
export const httpLine = (origin: string): Line => ({
  inject: async ({ method = 'GET', url, headers, payload }: InjectOptions): Promise<Answer> => {
    const answer = await fetch(origin + String(url), {
      method,
      headers: Object.fromEntries(
        Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]),
      ),
      ...(typeof payload === 'string' ? { body: payload } : {}),
    })
    const rawPayload = Buffer.from(await answer.arrayBuffer())
    const body = rawPayload.toString('utf8')
    const { status: statusCode } = answer
    return {
      statusCode,
      headers: Object.fromEntries(answer.headers),
      body,
      rawPayload,
      json: () => JSON.parse(body),
    }
  },
})
