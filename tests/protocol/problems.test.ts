import * as v from 'valibot'
import { expect, it } from 'vitest'
import {
  heldCodes,
  problemBody,
  ProblemBody,
  problemCodes,
  quarantineCodes,
} from '../../src/protocol/problems.ts'

it('every problem has a body that a client can read', () => {
  for (const code of problemCodes) {
    const body = v.parse(ProblemBody, JSON.parse(JSON.stringify(problemBody(code, { time: 1 }))))
    expect(body.type).toBe(`gatepost:${code}`)
    expect(body.status).toBeGreaterThanOrEqual(400)
  }
})

it('[PU7] what is held is put aside with a code that the receipt knows', () => {
  expect(quarantineCodes).toEqual(expect.arrayContaining([...heldCodes]))
})
