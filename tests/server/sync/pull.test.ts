import fc from 'fast-check'
import { v7 } from 'uuid'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { raiseEpoch } from '../../../src/server/sync/centre.ts'
import { readPull, type PullAnswer } from '../../../src/protocol/pull.ts'
import { pullMostBytes } from '../../../src/server/sync/pull.ts'
import { TestCentre, type TestPhone } from '../../support/centre.ts'

let centre: TestCentre
let guard: TestPhone
let other: TestPhone
const gateLog = (): string => `gate/${centre.compound}`
const homes = (): string => `homes/${centre.compound}`
const day = 86_400_000

beforeEach(async () => {
  centre = await new TestCentre().settle()
  guard = await centre.phone('guard')
  other = await centre.phone('guard')
})
afterEach(() => centre.end())

const read = (
  lines: readonly string[],
): { s: number; t: number; f?: string[]; e: { id: string; body: Record<string, unknown> } }[] =>
  lines.map((line) => JSON.parse(line))

describe('a pull', () => {
  it('[PL1] answers facts in order of arrival, as they were sealed where all is seen', async () => {
    const entries = [centre.passage(), centre.passage({ way: 'out' })]
    await centre.send(guard, entries)
    const { head, factLines } = await centre.pull(centre.coordinator, gateLog())
    expect(head).toMatchObject({
      facts: 2,
      docs: 0,
      seq: 2,
      more: false,
      firstAt: centre.now,
      lastAt: centre.now,
    })
    expect(read(factLines)).toEqual(
      entries.map((entry, i) => ({ s: i + 1, t: centre.now, e: { by: guard.member, ...entry } })),
    )
  })

  it('[PL7] leaves out what the client itself sent, unless it asks for all', async () => {
    await centre.send(guard, [centre.passage()])
    const own = await centre.pull(guard, gateLog())
    expect(own.head).toMatchObject({ facts: 0, seq: 1, more: false })
    expect((await centre.pull(guard, gateLog(), { all: true })).factLines).toHaveLength(1)
    expect((await centre.pull(other, gateLog())).factLines).toHaveLength(1)
  })

  it('[PL7] brings what decides by its order to its author as well', async () => {
    const logbook = `duty/${centre.community}`
    const body = { shift: v7(), member: guard.member, name: '张三', act: 'take' }
    const claim = centre.fact('claim', body, { logbook })
    const plea = centre.fact('plea', { about: v7(), code: 'invalid' }, { logbook })
    await centre.send(guard, [claim, plea])
    const { head, factLines } = await centre.pull(guard, logbook)
    expect(read(factLines)).toMatchObject([{ s: head.seq - 1, e: { id: claim.id } }])
  })

  it('[PL8] masks names where the role does not need them', async () => {
    const passage = centre.passage({ name: '欧阳小明', note: 'blue "bag", 2 items' })
    await centre.send(guard, [passage])
    const [seen] = read((await centre.pull(other, gateLog())).factLines)
    expect(seen?.e).toEqual({ by: guard.member, ...passage, body: { ...passage.body, name: '欧*' } })
  })

  it('[PL8] masks names in corrections too', async () => {
    const target = centre.passage()
    await centre.send(guard, [
      target,
      centre.correction(target.id, { patch: { name: '欧阳小明', heads: 2 } }),
    ])
    const [, seen] = read((await centre.pull(other, gateLog())).factLines)
    expect(seen?.e.body['patch']).toEqual({ name: '欧*', heads: 2 })
    const [, full] = read((await centre.pull(centre.coordinator, gateLog())).factLines)
    expect(full?.e.body['patch']).toEqual({ name: '欧阳小明', heads: 2 })
  })

  it('[PL8] masks documents, and shows no values that lost to whoever sees them masked', async () => {
    const home = v7()
    const people = [{ name: '李雷', phone: '13800138000' }]
    await centre.send(centre.coordinator, [
      centre.patch('household', home, { home: '3-2-501', people, note: 'dog' }),
    ])
    const second = await centre.phone('coordinator')
    await centre.send(second, [centre.patch('household', home, { people: [{ name: '韩梅梅' }] })])
    const [masked] = (await centre.pull(guard, homes())).docLines.map((line) => JSON.parse(line))
    expect(masked).toMatchObject({
      kind: 'household',
      id: home,
      doc: { home: '3-2-501', people: [{ name: '韩*' }] },
    })
    expect(masked.doc.note).toBeUndefined()
    expect(masked.lost).toBeUndefined()
    const [full] = (await centre.pull(centre.coordinator, homes())).docLines.map((line) => JSON.parse(line))
    expect(full.lost).toMatchObject([{ field: 'people', value: people }])
  })

  it('[PL8] a logbook that a role does not see does not exist for it', async () => {
    const volunteer = await centre.phone('volunteer')
    const nobody = await centre.phone(null)
    for (const [phone, logbook] of [
      [volunteer, gateLog()],
      [volunteer, `gate/${v7()}`],
      [guard, `people/${centre.community}`],
      [nobody, `duty/${centre.community}`],
      [guard, 'nonsense'],
    ] as const)
      expect(await centre.pullAnswer(phone, logbook)).toEqual({ ok: false, problem: 'not-permitted' })
  })

  it('[PL8] a kind that a role does not see is left out of a logbook that it does', async () => {
    const plea = centre.fact(
      'plea',
      { about: v7(), code: 'invalid' },
      { logbook: `duty/${centre.community}` },
    )
    await centre.send(guard, [plea])
    expect((await centre.pull(other, `duty/${centre.community}`)).factLines).toEqual([])
    expect((await centre.pull(centre.coordinator, `duty/${centre.community}`)).factLines).toHaveLength(1)
  })

  it('[PL4] begins at the kind’s days, counted from arrival; with a cursor nothing is left out', async () => {
    await centre.send(guard, [centre.passage(), centre.fact('handover', handover())])
    const start = await centre.pull(other, gateLog())
    centre.now += 4 * day
    await centre.send(guard, [centre.passage({}, { at: centre.now - 300 * day })])
    const fresh = await centre.pull(other, gateLog())
    expect(read(fresh.factLines).map(({ s }) => s)).toEqual([2, 3])
    expect(fresh.head.more).toBe(false)
    const further = await centre.pull(other, gateLog(), { after: start.head.next })
    expect(read(further.factLines).map(({ s }) => s)).toEqual([3])
  })

  it('[PL5] a cursor of another epoch or logbook, or from the future, is stale; nonsense is unreadable', async () => {
    await centre.send(guard, [centre.passage()])
    const { next } = (await centre.pull(other, gateLog())).head
    const problem = async (logbook: string, after: string): Promise<unknown> =>
      centre.pullAnswer(other, logbook, { after })
    expect(await problem(`duty/${centre.community}`, next)).toMatchObject({ problem: 'cursor-stale' })
    expect(await problem(gateLog(), next.replace(/\d+$/, '999'))).toMatchObject({ problem: 'cursor-stale' })
    expect(await problem(gateLog(), 'nonsense')).toMatchObject({ problem: 'cursor-unreadable' })
    await raiseEpoch(centre.storage, v7)
    await centre.stop()
    await centre.start()
    expect(await problem(gateLog(), next)).toMatchObject({ problem: 'cursor-stale' })
  })

  it('[PL6] a document appears as it stands, once; a removed one says so and passes nothing by (failure mode 25)', async () => {
    const [a, b] = [v7(), v7()]
    const body = { type: 'gate', name: 'East', place: centre.compound }
    await centre.send(centre.coordinator, [
      centre.patch('post', a, body),
      centre.patch('post', b, body),
      centre.patch('post', a, { name: 'West' }, { seen: 9 }),
      centre.patch('post', a, { removed: true }, { seen: 9 }),
    ])
    const { docLines } = await centre.pull(guard, `duty/${centre.community}`)
    const docs = docLines.map((line) => JSON.parse(line)).filter((doc) => doc.id === a || doc.id === b)
    expect(docs.map(({ id, doc }) => [id, doc.name, doc.removed])).toEqual([
      [b, 'East', undefined],
      [a, 'West', true],
    ])
  })
})

const handover = (): Record<string, unknown> => ({
  post: centre.gate,
  from: '王小明',
  since: centre.now,
  peopleInside: 0,
  vehiclesInside: 0,
  overstays: 0,
  repeat: [],
  unsent: 0,
  logged: 0,
})

it('[PL3] of rows that are large an answer has fewer, and following cursors gives every one once', async () => {
  const large = (): object => centre.passage({ note: 'x', later: 'x'.repeat(240_000) })
  const entries = Array.from({ length: 42 }, large)
  for (let i = 0; i < 42; i += 14)
    await centre.push(
      guard.sealer.sealAll(
        entries.slice(i, i + 14).map((entry) => ({ by: guard.member, ...entry })),
        1,
      ),
    )
  const sizes: number[] = []
  const seqs: number[] = []
  for (let after: string | undefined, more = true; more;) {
    const answer = await centre.pullAnswer(other, gateLog(), { after })
    const text = answer.ok ? answer.value : ''
    const { head, factLines } = readPull(text) ?? expect.fail(text.slice(0, 200))
    sizes.push(text.length)
    seqs.push(...read(factLines).map(({ s }) => s))
    after = head.next
    more = head.more
  }
  expect(seqs).toEqual(entries.map((_, i) => i + 1))
  expect(sizes).toHaveLength(2)
  expect(Math.max(...sizes)).toBeLessThan(pullMostBytes + 300_000)
})

it('[PL6] documents that are large come in parts as well', async () => {
  const homesOf = Array.from({ length: 40 }, (_, i) =>
    centre.patch('household', v7(), { home: `${i}`, people: [], later: 'x'.repeat(240_000) }),
  )
  for (let i = 0; i < 40; i += 20)
    await centre.push(
      centre.coordinator.sealer.sealAll(
        homesOf.slice(i, i + 20).map((entry) => ({ by: centre.coordinator.member, ...entry })),
        1,
      ),
    )
  const answers: PullAnswer[] = []
  for (let after: string | undefined, more = true; more;) {
    const answer = await centre.pull(guard, homes(), { after })
    answers.push(answer)
    after = answer.head.next
    more = answer.head.more
  }
  expect(answers.length).toBeGreaterThan(1)
  expect(new Set(answers.flatMap(({ docLines }) => docLines)).size).toBe(40)
})

it('[PL2] [PL3] following cursors of any size gives every row once, while rows keep coming (failure mode 23)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 4 })), {
        minLength: 1,
        maxLength: 8,
      }),
      fc.integer({ min: 1, max: 5 }),
      async (rounds, limit) => {
        const duty = `duty/${centre.community}`
        const place = v7()
        const [facts, docs]: [string[], Map<string, number>] = [[], new Map()]
        let after = (await centre.pull(centre.coordinator, duty)).head.next
        const take = async (): Promise<boolean> => {
          const answer = await centre.pull(centre.coordinator, duty, { after, limit })
          facts.push(...read(answer.factLines).map(({ e }) => e.id))
          for (const line of answer.docLines) docs.set(JSON.parse(line).id, JSON.parse(line).doc.heads)
          expect(answer.factLines.length + answer.docLines.length).toBeLessThanOrEqual(limit)
          after = answer.head.next
          return answer.head.more
        }
        const sent: string[] = []
        let last = -1
        for (const [i, [pleas, patches]] of rounds.entries()) {
          const some = Array.from({ length: pleas }, () =>
            centre.fact('plea', { about: v7(), code: 'invalid' }, { logbook: duty }),
          )
          sent.push(...some.map((entry) => entry.id))
          await centre.send(guard, some)
          const changes = Array.from({ length: patches }, (_, k) =>
            centre.patch('post', place, {
              type: 'gate',
              name: 'x',
              place: centre.compound,
              heads: (last = i * 10 + k),
            }),
          )
          if (patches > 0) await centre.send(centre.coordinator, changes)
          await take()
        }
        while (await take());
        expect(facts).toEqual(sent)
        expect(docs.get(place) ?? -1).toBe(last)
      },
    ),
    { numRuns: 25 },
  )
})
