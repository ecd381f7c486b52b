import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { kindNames, kindOf, kinds, kindsIn } from '../../../src/domain/kinds/index.ts'
import { logbooksOf, parseLogbookId, purposes, logbookId } from '../../../src/domain/logbooks.ts'

const id = '00000000-0000-7000-8000-000000000001'

describe('the registry', () => {
  it('names each kind as the spec does and finds it by name', () => {
    for (const name of kindNames) expect(kindOf(name)?.name).toBe(name)
    expect(kindOf('toString')).toBeNull()
    expect(kindOf('__proto__')).toBeNull()
  })

  it('every kind lives in exactly one purpose', () => {
    expect(purposes.flatMap((p) => kindsIn(p)).length).toBe(kindNames.length)
  })

  it('nothing personal is kept for ever', () => {
    for (const name of ['passage', 'reading', 'correction'] as const) {
      expect(kinds[name].keptDays.centre, name).toBeLessThanOrEqual(30)
      expect(kinds[name].keptDays.phone, name).toBeLessThanOrEqual(3)
    }
    expect(kinds.passage.keptDays.fields?.celsius).toBe(14)
  })

  it('a field of a newer version is kept, not dropped', () => {
    const body = { post: id, celsius: 36.5, fever: false, ambientCelsius: -15 }
    expect(v.parse(kinds.reading.body, body)).toEqual(body)
  })
})

describe('tallies', () => {
  it('a refused fever counts as refused, measured and fever', () => {
    const marks = kinds.passage.tally?.({
      post: id,
      way: 'in',
      subject: 'person',
      how: 'home',
      decision: 'refuse',
      reason: 'fever',
      celsius: 38,
      heads: 2,
    })
    expect(marks).toEqual([
      { metric: 'person.in.refuse', by: 2 },
      { metric: 'measured', by: 1 },
      { metric: 'fever', by: 1 },
    ])
  })
})

describe('logbook ids', () => {
  it('are read as they are written, and nothing else is read', () => {
    for (const purpose of purposes)
      expect(parseLogbookId(logbookId(purpose, id))).toEqual({ purpose, place: id })
    for (const text of ['', 'gate', 'gate/', `gate/${id}/x`, `door/${id}`, 'gate/1'])
      expect(parseLogbookId(text)).toBeNull()
  })

  it('a community owns duty, people and care; a compound owns homes and gate; a building owns none', () => {
    expect(logbooksOf('community', id)).toEqual([`duty/${id}`, `people/${id}`, `care/${id}`])
    expect(logbooksOf('compound', id)).toEqual([`homes/${id}`, `gate/${id}`])
    expect(logbooksOf('building', id)).toEqual([])
  })
})
