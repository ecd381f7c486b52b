/** Statements of a transaction. Lists come as arrays, one per column, in the order of the columns named. */

export const setMeta = `insert into meta (key, value) values ($1, $2)
  on conflict (key) do update set value = excluded.value`

export const putLogbook = `insert into logbooks (id, purpose, place, path, head) values ($1, $2, $3, $4, 0)
  on conflict (id) do update set path = excluded.path`

export const insertPages = `insert into pages
  (install, page, hash, prev, first, count, header_line, signature, received, outcome, digests)
  select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[],
    $8::text[], $9::bigint[], $10::text[], $11::text[])`

/** Of each install one row. */
export const noteHeard = `update installs i set received = i.received + h.fresh,
    last_heard = coalesce(h.last_heard, i.last_heard), unsent = coalesce(h.unsent, i.unsent),
    app = coalesce(h.app, i.app)
  from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[])
    h (install, fresh, last_heard, unsent, app)
  where i.id = h.install`

export const insertEntries = `insert into entries
  (logbook, seq, id, install, n, page, kind, record, post, at, received, flags, line, mask, digest)
  select * from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::text[],
    $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::text[])`

export const putRecord = `insert into records (logbook, kind, id, seq, at, body, masked, fields, lost)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (logbook, kind, id) do update set seq = excluded.seq, at = excluded.at, body = excluded.body,
    masked = excluded.masked, fields = excluded.fields, lost = excluded.lost`

export const putCorrections = `insert into corrections (logbook, target, entry, seq, body)
  select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])
  on conflict (logbook, target, entry) do update set body = excluded.body`

/** One statement can't touch a row twice, so rows of the same key are added up first. */
export const addTallies = `insert into tallies (logbook, hour, post, metric, n)
  select logbook, hour, post, metric, sum(n)
  from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::bigint[]) t (logbook, hour, post, metric, n)
  group by logbook, hour, post, metric
  on conflict (logbook, hour, post, metric) do update set n = tallies.n + excluded.n`

export const dropTallies = `delete from tallies t
  using unnest($1::text[], $2::bigint[], $3::text[], $4::text[]) gone (logbook, hour, post, metric)
  where t.logbook = gone.logbook and t.hour = gone.hour and t.post = gone.post and t.metric = gone.metric
    and t.n = 0`

export const quarantine = `insert into quarantine
  (install, member, community, n, page, code, held, logbook, line, received, arrival_off, status)
  select *, 'open' from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::text[],
    $7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::bigint[])`

export const noteBulkRead = `insert into bulk_reads (at, community, install, member, act, logbook, rows)
  values ($1, $2, $3, $4, $5, $6, $7)`

export const settleQuarantine = 'update quarantine set status = $1, code = coalesce($2, code) where id = $3'

export const forgetQuarantined = `update quarantine
  set line = '', status = case status when 'open' then 'dismissed' else status end where id = any($1::bigint[])`

export const forgetSettled =
  "update quarantine set line = '' where status <> 'open' and received < $1 and line <> ''"

export const erase = `update entries e set line = gone.line, mask = gone.mask, digest = gone.digest
  from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[]) gone (logbook, seq, line, mask, digest)
  where e.logbook = gone.logbook and e.seq = gone.seq`

/** `lastHeard` is `last_heard` there. */
export const columnOf = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
