import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeBackup } from '../../../src/server/operator/backup.ts'
import { lookAround, noteBackup } from '../../../src/server/operator/house.ts'
import { openSqlite } from '../../../src/server/storage/sqlite/open.ts'
import { newFolder, removeFolder } from '../../support/folders.ts'

let data = ''
beforeEach(() => {
  data = newFolder('house')
})
afterEach(() => removeFolder(data))

describe('the disk that a server works on', () => {
  it('knows when the last copy was made, and how much is free', async () => {
    await (await openSqlite({ file: join(data, 'gatepost.db') })).close()
    expect(await lookAround(data)).toMatchObject({ backupAt: null })
    await makeBackup({ data, database: undefined, file: join(data, 'copy.db') }, 1_800_000_000_000)
    const { backupAt, freeBytes } = await lookAround(data)
    expect(backupAt).toBe(1_800_000_000_000)
    expect(freeBytes).toBeGreaterThan(0)
  })

  it('a note that can’t be read or written is no copy and no failure', async () => {
    writeFileSync(join(data, 'last-backup.json'), '{"at":"yesterday"}')
    expect((await lookAround(data)).backupAt).toBeNull()
    rmSync(join(data, 'last-backup.json'))
    mkdirSync(join(data, 'last-backup.json'))
    await noteBackup(data, 5)
    expect((await lookAround(data)).backupAt).toBeNull()
    expect(await lookAround(join(data, 'nowhere'))).toEqual({ backupAt: null, freeBytes: null })
  })
})
