import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newFolder, removeFolder } from '../../support/folders.ts'
import { Postgres } from '../../support/postgres.ts'
import { releasedOn, writeReleased } from '../../support/released.ts'
import { runCli } from '../../support/serverProcess.ts'

let folder = ''
let data = ''
beforeEach(() => {
  folder = newFolder('care')
  data = join(folder, 'data')
  mkdirSync(data)
  writeReleased('0.1.0', join(data, 'gatepost.db'))
})
afterEach(() => removeFolder(folder))

const cli = (...args: string[]) => runCli([...args, '--data', data])
function sql(text: string): void {
  const db = new DatabaseSync(join(data, 'gatepost.db'))
  db.exec(text)
  db.close()
}

describe('verify', () => {
  it('says that all is as it came, then names what was altered, with an exit code', async () => {
    const good = await cli('verify')
    expect([good.code, good.err]).toEqual([0, ''])
    expect(good.out).toMatch(/^4 installs, \d+ pages, \d+ entries: every one is as it came\.\n$/)
    sql("update entries set line = replace(line, '37.9', '36.9') where line like '%37.9%'")
    const bad = await cli('verify')
    expect(bad.code).toBe(1)
    expect(bad.out).toMatch(/^Phone [0-9a-f-]{36}, page 2: is not what came\n1 places are wrong/)
  })

  it('works on PostgreSQL, too', async () => {
    const postgres = await Postgres.start()
    const url = await releasedOn(postgres, '0.1.0')
    expect((await runCli(['verify', '--database-url', url])).code).toBe(0)
    await postgres.ask("delete from entries where kind = 'correction'", url)
    const { code, out } = await runCli(['verify', '--database-url', url])
    expect([code, out]).toEqual([1, expect.stringMatching(/is gone/)])
    await postgres.end()
  })

  it('makes no database where there is none', async () => {
    const run = await runCli(['verify', '--data', join(folder, 'elsewhere')])
    expect([run.code, run.out]).toEqual([1, ''])
  })
})

describe('recount', () => {
  it('says whether the counts are what the entries add up to, and sets them right when told to', async () => {
    expect(await cli('recount')).toMatchObject({ code: 0, out: expect.stringMatching(/every count is what/) })
    sql("update tallies set n = n + 1 where metric = 'measured'")
    expect(await cli('recount')).toMatchObject({ code: 1, out: expect.stringMatching(/2 counts are not/) })
    expect(await cli('recount', 'fix')).toMatchObject({ code: 0, out: expect.stringMatching(/set right/) })
    expect(await cli('recount')).toMatchObject({ code: 0 })
  })
})

describe('person', () => {
  it('writes all there is about somebody to a private file, then erases it; both are on the list of readers', async () => {
    const file = join(folder, 'person.json')
    const exported = await cli('person', 'export', file, '张三')
    expect(exported).toMatchObject({ code: 0, err: '' })
    expect(statSync(file).mode & 0o077).toBe(0)
    const { found } = JSON.parse(readFileSync(file, 'utf8'))
    expect(JSON.stringify(found)).toContain('13800138000')
    expect((await cli('person', 'export', file, '张三')).code).toBe(1)
    const erased = await cli('person', 'erase', '张三')
    expect(erased.out).toMatch(/^Erased: \d+ entries, 1 records/)
    const after = join(folder, 'after.json')
    await cli('person', 'export', after, '张三')
    expect(JSON.parse(readFileSync(after, 'utf8'))).toEqual({ terms: ['张三'], found: [], aside: [] })
    expect((await cli('verify')).code).toBe(0)
    const db = new DatabaseSync(join(data, 'gatepost.db'))
    const acts = db.prepare('select act, rows > 0 as some from bulk_reads order by id').all()
    expect(acts.map((row) => [row['act'], row['some']])).toEqual([
      ['person-export', 1],
      ['person-export', 1],
      ['person-erase', 1],
      ['person-export', 0],
    ])
    db.close()
  })

  it.each([
    ['person', 'erase'],
    ['person', 'erase', '张'],
    ['person', 'export', 'file'],
    ['person', 'forget', '张三'],
  ])('%s %s %s is refused before anything is opened', async (...args) => {
    const { code, out } = await cli(...args)
    expect([code, out]).toEqual([2, ''])
  })
})
