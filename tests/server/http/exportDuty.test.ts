import { generateKeyPairSync, sign } from 'node:crypto'
import Papa from 'papaparse'
import readXlsx from 'read-excel-file/node'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { makeRotating, rotatingText, slotAt } from '../../../src/domain/rules/duty/rotating.ts'
import { dutyTables, dutyWords } from '../../../src/server/http/export/duty/words.ts'
import { exportLocales } from '../../../src/server/http/export/words.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let here: Founded
/** 2027-01-15 16:00 in Shanghai; the clock of the test centre. */
const now = 1_800_000_000_000
const hour = 3_600_000
const ids = { turn: v7(), planned: v7(), guest: v7(), forgotten: v7(), paper: v7(), out: v7(), unit: v7() }
const [post, ann] = [v7(), v7()]

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
  const logbook = `duty/${here.community}`
  const fact = (kind: string, at: number, body: Record<string, unknown>, id: string = v7()) => ({
    ...{ kind, id, logbook, body },
    at,
  })
  const doc = (kind: string, record: string, body: Record<string, unknown>) => ({
    kind,
    logbook,
    record,
    body,
  })
  await here.coordinator.push([
    doc('post', post, { type: 'checkpoint', name: '=西门卡点', place: here.community }),
    doc('unit', ids.unit, { type: 'firm', name: '示例公司', daily: true }),
    fact('shift', now - 9 * hour, { post, starts: now - 6 * hour, ends: now - 2 * hour, heads: 1 }, ids.turn),
    // Came for the turn and left; the hour of leaving was put right since.
    fact(
      'checkIn',
      now - 6 * hour,
      { post, member: ann, name: '张样本', way: 'rotating', shift: ids.turn },
      ids.planned,
    ),
    fact('checkOut', now - 2 * hour, { checkIn: ids.planned, post, member: ann, way: 'rotating' }, ids.out),
    fact('amendment', now - hour, { target: ids.out, patch: { left: now - 3 * hour }, why: 'mistake' }),
    // Nobody checked them out, and they had no turn: nobody knows how long.
    fact('checkIn', now - 30 * hour, { post, member: ann, name: '张样本', way: 'rotating' }, ids.forgotten),
    // On paper, written down later than the days that are asked for.
    fact('checkIn', now, { post, name: '李示例', way: 'paper', came: now - 20 * hour }, ids.paper),
    fact('checkOut', now, { checkIn: ids.paper, post, way: 'paper', left: now - 19 * hour }),
    fact('unitSignIn', now - 4 * hour, {
      ...{ unit: ids.unit, post, heads: 7, way: 'typed' },
      names: [{ name: '王样本' }],
    }),
  ])
})
afterAll(() => centre.end())

const ask = (table: string, format: string, locale: string, from = now - 48 * hour, to = now) =>
  here.coordinator.ask({
    url: `${paths.export}?logbook=${encodeURIComponent(`duty/${here.community}`)}&table=${table}&from=${from}&to=${to}&format=${format}&locale=${locale}`,
  })
const rows = async (table: string, locale = 'en', from?: number, to?: number) => {
  const { body } = await ask(table, 'csv', locale, from, to)
  return Papa.parse<Record<string, string>>(body.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data
}

describe('check-ins as CSV', () => {
  it('shows each as corrected, and beside it what was written first', async () => {
    const row = (await rows('checkIns')).find(
      (one) => one['How it ended'] === 'Said later' && one['Turn'] !== 'No turn',
    )
    expect(row).toMatchObject({
      Date: '2027-01-15',
      Activity: 'Checkpoint',
      Came: '2027-01-15 10:00',
      Left: '2027-01-15 13:00',
      'Left, as first written': '2027-01-15 14:00',
      Corrected: 'Corrected',
      Turn: '2027-01-15 10:00–14:00',
      'How sure': 'Vouched for',
    })
  })

  it('keeps what is confirmed or not, measured or written by hand, in columns of their own', async () => {
    const all = await rows('checkIns')
    const minutes = (row: Record<string, string> | undefined) =>
      ['confirmed, measured', 'confirmed, by hand', 'unconfirmed, measured', 'unconfirmed, by hand'].map(
        (column) => row?.[`Minutes ${column}`],
      )
    const paper = all.find((one) => one['Name'] === '李示例')
    expect(minutes(paper)).toEqual(['', '60', '', ''])
    expect(minutes(all.find((one) => one['How it ended'] === 'Not known'))).toEqual(['0', '', '', ''])
    for (const row of all) expect(minutes(row).filter((cell) => cell !== '')).toHaveLength(1)
  })

  it('holds what began in the span by the paper’s time, whenever it was written down', async () => {
    const names = async (from: number, to: number) =>
      (await rows('checkIns', 'en', from, to)).map((r) => r['Name'])
    expect(await names(now - 20 * hour, now - 20 * hour + 1)).toEqual(['李示例'])
    expect(await names(now - 20 * hour + 1, now - 7 * hour)).toEqual([])
  })

  it('never lets a name run as a formula', async () => {
    for (const row of await rows('checkIns')) expect(row['Post']).toBe("'=西门卡点")
  })
})

describe('codes that check-ins rest on', () => {
  const from = now - 100 * hour
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = pair.publicKey.export({ format: 'jwk' })
  const [station, taken] = [v7(), v7()]
  const codeOf = (id: string, at: number, of = post) => {
    const key = { key: pair.privateKey, dsaEncoding: 'ieee-p1363' } as const
    const signed = sign('sha256', Buffer.from(rotatingText(id, of, slotAt(at))), key)
    return makeRotating(id, slotAt(at), new Uint8Array(signed))
  }

  it('are looked into again: what does not hold is unconfirmed and says so', async () => {
    const volunteer = await here.join('赵样本', [{ role: 'volunteer', place: here.community }])
    const body = { name: '样本屏', install: v7(), key: { x, y } }
    const logbook = `duty/${here.community}`
    const doc = (record: string, more: object) => ({
      kind: 'station',
      logbook,
      record,
      body: { post, ...body, ...more },
    })
    await here.coordinator.push([doc(station, {}), doc(taken, {}), doc(taken, { removed: true })])
    const came = (n: number, proof: string | undefined) => ({
      ...{ kind: 'checkIn', logbook, at: from + n * hour },
      body: {
        post,
        member: volunteer.enrolled?.member,
        name: '赵样本',
        way: 'rotating',
        ...(proof ? { proof } : {}),
      },
    })
    await volunteer.push([
      came(1, codeOf(station, from + hour)),
      came(2, codeOf(taken, from + 2 * hour)),
      came(3, codeOf(station, from + 3 * hour, v7())),
      came(4, codeOf(station, from + hour)),
      came(5, undefined),
    ])
    const all = await rows('checkIns', 'en', from, from + 6 * hour)
    expect(all.map((row) => row['How sure'])).toEqual([
      ...Array<string>(2).fill('Post’s live code'),
      ...Array<string>(3).fill('Code kept is not valid'),
    ])
    expect(all.map((row) => row['Minutes confirmed, measured'] !== '')).toEqual([
      true,
      true,
      false,
      false,
      false,
    ])
  })
})

describe('hours by person', () => {
  it('sums each measure on its own, and says how often nobody knows the end', async () => {
    const all = await rows('hours', 'zh-Hans')
    expect(all.find((row) => row['姓名'] === '张样本')).toMatchObject({
      身份: '成员',
      天数: '2',
      到岗次数: '2',
      '已核实分钟（系统计）': '0',
      '已核实分钟（手工填）': '180',
      离岗时间不明的次数: '1',
    })
    expect(all.find((row) => row['姓名'] === '李示例')).toMatchObject({ 身份: '非成员', 到岗次数: '1' })
  })
})

describe('sign-ins of units', () => {
  it('keep heads apart from those who were named', async () => {
    const [row] = await rows('unitSignIns', 'zh-Hant')
    expect(row).toMatchObject({ 單位: '示例公司', 具名人數: '1', 不具名人數: '7', 姓名: '王样本' })
  })
})

describe('the files', () => {
  it.each(dutyTables)(
    'of %s are a record of the platform, as CSV and XLSX, in three languages',
    async (table) => {
      for (const locale of exportLocales) {
        const words = dutyWords[locale]
        const { file, columns, headings } = words.tables[table]
        expect(file).toMatch(/platform record|平台[记紀][录錄]/)
        expect(file + Object.values(headings).join('')).not.toMatch(/证明书|證明|certificate/i)
        expect(Object.keys(headings)).toEqual([...columns])
        expect(Object.keys(words.values)).toEqual(Object.keys(dutyWords.en.values))
        const [sheet] = await readXlsx((await ask(table, 'xlsx', locale)).rawPayload)
        expect(sheet?.data[0]).toEqual(Object.values(headings))
        expect(sheet?.data.length).toBeGreaterThan(1)
      }
    },
  )

  it('are for coordinators: somebody else is not permitted', async () => {
    const guard = await here.join('示例门岗', [{ role: 'guard', place: here.community }])
    const logbook = encodeURIComponent(`duty/${here.community}`)
    const url = `${paths.export}?logbook=${logbook}&from=0&to=1&format=csv&locale=en&table=hours`
    expect((await guard.ask({ url })).json().type).toBe('gatepost:not-permitted')
  })
})
