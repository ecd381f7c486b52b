import { DatabaseSync } from 'node:sqlite'

/**
 * Puts so many passages into a logbook of a database that no server has open, by SQL alone: the rows are as the server
 * writes them but for their text, which is the same but for its id. `textBytes`: of each text.
 */
export function fill(file: string, logbook: string, count: number, textBytes: number): void {
  const db = new DatabaseSync(file)
  db.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -200000')
  const head = Number(db.prepare('select head from logbooks where id = ?').get(logbook)?.['head'] ?? 0)
  const received = Date.now() - 86_400_000
  const id = "printf('01990000-%04x-7000-8000-%012x', i >> 16, i)"
  const rest = `"kind":"passage","v":1,"logbook":"${logbook}","by":"bench","at":${received},"body":{"note":"${'x'.repeat(textBytes)}"}}`
  db.prepare(
    `insert into entries (logbook, seq, id, install, n, page, kind, at, received, line)
     with recursive i (i) as (select 1 union all select i + 1 from i where i < ?)
     select ?, ? + i, ${id}, 'bench', i, 1 + i / 100, 'passage', ? + i / 1000, ? + i / 1000,
       '{"id":"' || ${id} || '",' || ? from i`,
  ).run(count, logbook, head, received, received, rest)
  db.prepare('update logbooks set head = head + ? where id = ?').run(count, logbook)
  db.exec('pragma journal_mode = wal')
  db.close()
}
