import type { Table } from 'dexie'
import { toBytes, toText } from '../../platform/encoding.ts'
import { openBytes, sealBytes } from '../../platform/vaultCrypto.ts'
import { getMeta, putMeta, type GatepostDb } from '../database.ts'
import { firstChain, type CarriedRow, type VaultRow } from '../rows.ts'
import { isShut } from './left.ts'

/** Letters of JSON in one part: small enough for a phone's memory, large enough that there are not thousands. */
const partLetters = 1_000_000

/**
 * What stays outside: keys, which the browser does not show; what other phones gave this one to carry, which is sealed
 * to the centre; pieces of pictures of such parcels.
 */
const outside = ['keys', 'carried', 'frames', 'vault']
const tablesOf = (db: GatepostDb): Table[] => db.tables.filter(({ name }) => !outside.includes(name))

/** Rows of one table, as they stand in a part. */
interface Piece {
  table: string
  rows: unknown[]
}

/** Where a part belongs: taken from another place, or with one missing, nothing opens. */
const contextOf = (db: GatepostDb, part: number, parts: number): string => `${db.name} ${part} ${parts}`

/** What moves with each entry, each page and each renewal. */
interface Mark {
  lastN: number
  sealedThrough: number
  p: number
  pageBase: number
  install: string
}

/** To be called in a transaction over own and meta. */
async function readMark(db: GatepostDb): Promise<Mark> {
  const last = await db.own.orderBy('n').lastKey()
  const { sealedThrough, p, pageBase } = (await getMeta(db, 'chain')) ?? firstChain
  const install = (await getMeta(db, 'identity'))?.install ?? ''
  return { lastN: typeof last === 'number' ? last : 0, sealedThrough, p, pageBase, install }
}

const same = (a: Mark, b: Mark): boolean => JSON.stringify(a) === JSON.stringify(b)

const readAll = (db: GatepostDb) =>
  db.transaction('r', tablesOf(db), async () => {
    const rows = await Promise.all(tablesOf(db).map((table) => table.toArray()))
    return {
      mark: await readMark(db),
      stuck: (await db.attention.toArray()).filter((row) => row.here && !row.done).length,
      rows: tablesOf(db).map(({ name }, i) => ({ name, rows: rows[i] ?? [] })),
    }
  })

/** Tables cut into parts by size. A row that is larger is a part by itself. */
function* pieces(tables: readonly { name: string; rows: readonly unknown[] }[]): Generator<string> {
  for (const { name, rows } of tables) {
    const head = `{"table":${JSON.stringify(name)},"rows":[`
    let [held, letters]: [string[], number] = [[], 0]
    for (const row of rows) {
      const text = JSON.stringify(row)
      if (held.length > 0 && letters + text.length > partLetters) {
        yield `${head}${held.join()}]}`
        ;[held, letters] = [[], 0]
      }
      held.push(text)
      letters += text.length
    }
    if (held.length > 0) yield `${head}${held.join()}]}`
  }
}

async function sealed(db: GatepostDb, key: CryptoKey, texts: readonly string[]): Promise<VaultRow[]> {
  const rows: VaultRow[] = []
  for (const [part, text] of texts.entries())
    rows.push({ part, ...(await sealBytes(key, toBytes(text), contextOf(db, part, texts.length))) })
  return rows
}

/**
 * Seals everything of a guard who leaves the gate, in place: in one transaction the vault comes and what was readable
 * goes. `parcels`: what is unsent, sealed to the centre, so that it can go on without the guard. False, and nothing
 * changed, where an entry was saved meanwhile, or one is in no page yet: make parcels anew and try again.
 */
export async function shutVault(
  db: GatepostDb,
  key: CryptoKey,
  parcels: readonly CarriedRow[],
): Promise<boolean> {
  const { mark, stuck, rows } = await readAll(db)
  if (mark.lastN > mark.sealedThrough) return false
  const vault = await sealed(db, key, [...pieces(rows)])
  return db.transaction('rw', db.tables, async () => {
    if (!same(mark, await readMark(db)) || (await isShut(db))) return false
    for (const table of [...tablesOf(db), db.frames]) await table.clear()
    await db.carried.bulkPut([...parcels])
    await db.vault.bulkPut(vault)
    if (stuck > 0) await putMeta(db, { stuck: { entries: stuck } })
    return true
  })
}

async function readVault(db: GatepostDb, key: CryptoKey): Promise<Piece[] | null> {
  const rows = await db.vault.orderBy('part').toArray()
  const opened: Piece[] = []
  for (const [i, row] of rows.entries()) {
    const bytes = await openBytes(key, row, contextOf(db, i, rows.length))
    if (!bytes) return null
    const piece: Piece = JSON.parse(toText(bytes))
    opened.push(piece)
  }
  return opened
}

/** Puts everything back where it was. False, and nothing changed, where the key does not open it, or it is gone. */
export async function openVault(db: GatepostDb, key: CryptoKey): Promise<boolean> {
  const opened = await readVault(db, key)
  if (!opened) return false
  return db.transaction('rw', db.tables, async () => {
    if (!(await isShut(db))) return false
    await db.meta.delete('stuck')
    for (const { table, rows } of opened) await db.table(table).bulkPut(rows)
    await db.vault.clear()
    return true
  })
}
