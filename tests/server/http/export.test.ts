import Papa from 'papaparse'
import readXlsx from 'read-excel-file/node'
import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../../src/protocol/api.ts'
import { columns } from '../../../src/server/http/export/columns.ts'
import { exportLocales, exportWords } from '../../../src/server/http/export/words.ts'
import { testCentre, type Founded, type TestCentre } from '../../support/testCentre.ts'

let centre: TestCentre
let here: Founded
const ids = { plain: v7(), mended: v7(), undone: v7(), formula: v7() }
/** 2027-01-15 16:00 in Shanghai; the clock of the test centre. */
const noon = 1_800_000_000_000

beforeAll(async () => {
  centre = await testCentre()
  here = await centre.found()
  const passage = (id: string, body: Record<string, unknown>) => ({
    kind: 'passage',
    id,
    logbook: here.gate,
    body: { post: here.post, way: 'in', subject: 'person', how: 'name', decision: 'admit', ...body },
  })
  const correction = (target: string, body: Record<string, unknown>) => ({
    kind: 'correction',
    logbook: here.gate,
    body: { target, ...body },
  })
  await here.coordinator.push([
    correction(ids.mended, { patch: { name: '李四', celsius: 36.6 } }),
    passage(ids.plain, {
      name: '张三',
      celsius: 37.4,
      decision: 'refuse',
      reason: 'fever',
      advice: ['fever'],
    }),
    passage(ids.mended, { name: '李思', celsius: 36.9, home: '3-2-501' }),
    passage(ids.undone, { subject: 'vehicle', how: 'plate', plate: '京A12345', heads: 2 }),
    correction(ids.undone, { retract: true, why: 'mistake' }),
    passage(ids.formula, { name: '=1+2', note: '@SUM(A1)', home: '+86' }),
    { kind: 'reading', logbook: here.gate, body: { post: here.post, celsius: 36.5, fever: false } },
  ])
})
afterAll(() => centre.end())

const ask = (format: string, locale: string, from = noon - 1000, to = noon + 1000) =>
  here.coordinator.ask({
    url: `${paths.export}?logbook=${encodeURIComponent(here.gate)}&from=${from}&to=${to}&format=${format}&locale=${locale}`,
  })
const table = async (locale: string) => {
  const { body } = await ask('csv', locale)
  return Papa.parse<Record<string, string>>(body.replace(/^\uFEFF/, ''), {
    header: true,
    skipEmptyLines: true,
  }).data
}

describe('the gate logbook as CSV', () => {
  it('begins with a byte order mark, so that Excel reads its Chinese', async () => {
    const answer = await ask('csv', 'zh-Hans')
    expect([...answer.rawPayload.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(answer.headers['content-disposition']).toContain(encodeURIComponent('门岗登记.csv'))
  })

  it('tells time, gate and decision in the words and the zone of the community', async () => {
    const [first] = await table('zh-Hans')
    expect(first).toMatchObject({
      日期: '2027-01-15',
      时间: '16:00',
      门岗: '南门',
      类别: '人员',
      姓名: '张三',
      '体温（℃）': '37.4',
      处理: '不放行',
      原因: '体温偏高',
      系统提示: '体温偏高',
      登记人: '王主任',
      更正: '',
    })
  })

  it('[FD1] shows an entry as corrected, and beside it what it said before, even if the correction came first', async () => {
    const mended = (await table('en')).find((row) => row['Name'] === '李四')
    expect(mended).toMatchObject({
      'Temperature (°C)': '36.6',
      'Building and room': '3-2-501',
      Corrected: 'Corrected',
      'Before correction': 'Name: 李思; Temperature (°C): 36.9',
    })
  })

  it('keeps what was taken back readable, and says so', async () => {
    const undone = (await table('zh-Hant')).find((row) => row['車牌'] === '京A12345')
    expect(undone).toMatchObject({ 更正: '已撤銷', 類別: '車輛', 人數: '2' })
  })

  it('never lets a name run as a formula', async () => {
    const { body } = await ask('csv', 'en')
    const row = (await table('en')).find(({ Note }) => Note?.includes('SUM'))
    expect([row?.['Name'], row?.['Note'], row?.['Building and room']]).toEqual(["'=1+2", "'@SUM(A1)", "'+86"])
    for (const cell of body.split(/[,\r\n]/)) expect(cell).not.toMatch(/^"?[=+@-]/)
  })

  it('holds what is in the span, from the first to before the last moment', async () => {
    const lines = async (from: number, to: number) =>
      (await ask('csv', 'en', from, to)).body.trim().split('\r\n').length - 1
    expect(await lines(noon, noon + 1)).toBe(5)
    expect(await lines(noon + 1, noon + 2)).toBe(0)
    expect(await lines(noon - 1, noon)).toBe(0)
  })
})

describe('the gate logbook as XLSX', () => {
  it('holds the same, with text as text and numbers as numbers', async () => {
    const answer = await ask('xlsx', 'en')
    const [sheet] = await readXlsx(answer.rawPayload)
    const [headings, ...rows] = sheet?.data ?? []
    expect(headings).toEqual(columns.map((column) => exportWords.en.headings[column]))
    expect(rows).toHaveLength(5)
    const cells = (column: (typeof columns)[number]) => rows.map((row) => row[columns.indexOf(column)])
    expect(cells('celsius')).toContain(37.4)
    expect(cells('name')).toContain('=1+2')
    expect(sheet?.sheet).toBe('gate-logbook')
  })
})

describe('the export’s words', () => {
  it('are complete in three languages', () => {
    for (const locale of exportLocales) {
      const { headings, values } = exportWords[locale]
      expect(Object.keys(headings)).toEqual([...columns])
      expect(Object.keys(values)).toEqual(Object.keys(exportWords.en.values))
      expect(new Set(Object.values(headings)).size, locale).toBe(columns.length)
    }
  })
})

describe('a request for an export', () => {
  it.each(['format=pdf', 'locale=fr', 'from=x'])('with %s is a bad request', async (wrong) => {
    const query = new URLSearchParams({ logbook: here.gate, from: '0', to: '1', format: 'csv', locale: 'en' })
    for (const [key, value] of new URLSearchParams(wrong)) query.set(key, value)
    expect((await here.coordinator.ask({ url: `${paths.export}?${query}` })).statusCode).toBe(400)
  })

  it('of the people’s logbook is not permitted', async () => {
    const logbook = encodeURIComponent(`people/${here.community}`)
    const url = `${paths.export}?logbook=${logbook}&from=0&to=1&format=csv&locale=en`
    expect((await here.coordinator.ask({ url })).json().type).toBe('gatepost:not-permitted')
  })
})
