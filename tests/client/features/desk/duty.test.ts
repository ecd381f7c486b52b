import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { whomToCall } from '../../../../src/client/features/desk/duty/call.ts'
import { entriesOf, lateOf, rowsWithin, twiceOf } from '../../../../src/client/features/desk/duty/entries.ts'
import { heardOf, isSameHeard, latestHeard } from '../../../../src/client/features/desk/duty/heard.ts'
import {
  hoursDrafts,
  localInput,
  readLocalInput,
} from '../../../../src/client/features/desk/duty/hoursForm.ts'
import {
  entryWhats,
  readEntryFilter,
  toEntries,
  type EntryWhat,
} from '../../../../src/client/features/desk/duty/links.ts'
import { createRows, figuresOf, type RowsInput } from '../../../../src/client/features/desk/duty/rows.ts'
import { treeRows } from '../../../../src/client/features/desk/duty/tree.ts'
import { readUnit, unitFields, unitPatch } from '../../../../src/client/features/desk/units/unitForm.ts'
import type { InstallInfo } from '../../../../src/client/sync/calls.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import { Place } from '../../../../src/domain/kinds/place.ts'
import { Post } from '../../../../src/domain/kinds/post.ts'
import type { PlaceNode } from '../../../../src/domain/places.ts'
import { dayBefore, dayStart, sameTimeBefore } from '../../../../src/domain/rules/boardDays.ts'
import { stayOf } from '../../../../src/domain/rules/duty/book.ts'
import { absorbPosts, emptyPosts } from '../../../../src/domain/rules/duty/postBook.ts'
import { rollUp } from '../../../../src/domain/rules/duty/rollUp.ts'
import { asDoc, asFact, community, drafts, now, zone } from './facts.ts'

const book = emptyPosts()
const duty = drafts.filter((draft) => draft.logbook.startsWith('duty/') && draft.at !== undefined)
absorbPosts(
  book,
  duty.map((draft, seq) => asFact(draft, seq)),
)
const posts = drafts.flatMap((draft): Doc<Post>[] => {
  const body = v.safeParse(Post, draft.body)
  return draft.kind === 'post' && body.success ? [{ ...asDoc(draft), body: body.output }] : []
})
const nodes = drafts.flatMap((draft): PlaceNode[] => {
  const body = v.safeParse(Place, draft.body)
  return draft.kind === 'place' && body.success ? [{ id: draft.record ?? '', ...body.output }] : []
})
const today = dayStart(now, zone)
const input: RowsInput = {
  ...{ book, posts, stations: new Map(), heard: heardOf([], community), now, zone, today },
  ...{ yesterday: dayBefore(today, zone), nowYesterday: sameTimeBefore(now, zone) },
}
const places = new Map(nodes.map((node) => [node.id, node]))
const rows = createRows().make(input)

describe('every figure of the duty board leads to exactly its entries', () => {
  const counts: Record<Exclude<EntryWhat, 'twice'>, (row: ReturnType<typeof figuresOf>) => number> = {
    came: (row) => row.came,
    here: (row) => row.here,
    late: (row) => row.late,
    leaving: (row) => row.leaving,
    unconfirmed: (row) => row.unconfirmed,
    forgotten: (row) => row.forgotten,
    yesterday: (row) => row.cameYesterday,
  }

  it.each(entryWhats.filter((what) => what !== 'twice'))(
    '%s: of each post, of each place, and of all',
    (what) => {
      const shown = (within: typeof rows): number =>
        what === 'late' ? lateOf(within).length : entriesOf(book, within, { what }).length
      for (const row of rows)
        expect(shown(rowsWithin(rows, { post: row.post }, places))).toBe(counts[what](figuresOf(row)))
      const sums = rollUp(nodes, rows.map(figuresOf))
      for (const { id } of nodes) {
        const below = rowsWithin(rows, { place: id }, places).map(figuresOf)
        expect(shown(rowsWithin(rows, { place: id }, places))).toBe(
          below.reduce((n, r) => n + counts[what](r), 0),
        )
        const sum = sums.get(id)
        if (sum && what !== 'yesterday')
          expect(shown(rowsWithin(rows, { place: id }, places))).toBe(sum[what])
      }
    },
  )

  it('the sample has people at posts, some who forgot to check out, and yesterday beside today', () => {
    const all = rows.map(figuresOf)
    const sum = (of: (row: (typeof all)[number]) => number): number => all.reduce((n, row) => n + of(row), 0)
    expect(sum((row) => row.here)).toBeGreaterThan(3)
    expect(sum((row) => row.came)).toBeGreaterThan(3)
    expect(sum((row) => row.cameYesterday)).toBeGreaterThan(3)
    expect(sum((row) => row.forgotten)).toBeGreaterThan(0)
  })

  it('the same person at two posts is flagged, with both check-ins, and nobody else', () => {
    const mine = emptyPosts()
    const [one, other] = posts
    const came = (id: string, post: string | undefined, member: string, at: number) =>
      asFact(
        {
          ...{ kind: 'checkIn', id, logbook: `duty/${community}`, at },
          body: { post, member, name: '样本', way: 'rotating' },
        },
        1,
      )
    const person = (n: number) => `018f0000-0000-7000-8000-00000000000${n}`
    absorbPosts(mine, [
      came(person(1), one?.id, person(7), now - 60_000),
      came(person(2), other?.id, person(7), now - 30_000),
      came(person(3), other?.id, person(8), now - 30_000),
    ])
    const found = twiceOf(mine, createRows().make({ ...input, book: mine }), now)
    expect([...found.keys()].sort()).toEqual([person(1), person(2)])
    expect(found.get(person(1))).toMatchObject([{ how: 'overlap' }])
    absorbPosts(mine, [came(person(4), other?.id, person(8), now - 20_000)])
    const more = twiceOf(mine, createRows().make({ ...input, book: mine }), now)
    expect(more.get(person(4))).toMatchObject([{ how: 'twice' }])
  })

  it('survives the address', () => {
    const filter = { what: 'here' as const, post: posts[0]?.id, place: undefined, unit: undefined }
    const to = toEntries(filter)
    expect(typeof to === 'object' && 'query' in to && readEntryFilter({ ...to.query } as never)).toEqual(
      filter,
    )
    expect(readEntryFilter({ what: 'nonsense' }).what).toBe('came')
  })
})

describe('rows of the board', () => {
  it('an arrival makes one new row; the others are the same objects', () => {
    const mine = emptyPosts()
    absorbPosts(
      mine,
      duty.map((draft, seq) => asFact(draft, seq)),
    )
    const { make } = createRows()
    const before = new Map(make({ ...input, book: mine }).map((row) => [row.post, row]))
    const [post] = posts
    const body = { post: post?.id, name: '样本', way: 'leader' }
    const came = { ...{ kind: 'checkIn', logbook: `duty/${community}`, body }, id: community, at: now }
    absorbPosts(mine, [asFact(came, 99_999)])
    const changed = make({ ...input, book: mine }).filter((row) => before.get(row.post) !== row)
    expect(changed.map((row) => row.post)).toEqual([post?.id])
  })

  it('are what they are without it where they were reckoned ahead, in pieces and while entries arrived', async () => {
    const mine = emptyPosts()
    absorbPosts(
      mine,
      duty.map((draft, seq) => asFact(draft, seq)),
    )
    const { make, prepare } = createRows()
    make({ ...input, book: mine })
    const later = { ...input, book: mine, now: now + 20_000 }
    let pauses = 0
    const body = { post: posts[0]?.id, name: '样本', way: 'leader' }
    const came = { ...{ kind: 'checkIn', logbook: `duty/${community}`, body }, id: community, at: now }
    await prepare(later, {
      isDue: () => true,
      take() {
        pauses += 1
        if (pauses === 3) absorbPosts(mine, [asFact(came, 99_999)])
        return Promise.resolve()
      },
    })
    expect(pauses).toBe(posts.length)
    expect(make(later)).toEqual(createRows().make(later))
  })

  it('the tree shows each place once, below the one that it stands in', () => {
    const tree = treeRows(nodes, rollUp(nodes, rows.map(figuresOf)))
    expect(tree[0]).toMatchObject({ depth: 0, place: { id: community } })
    expect(new Set(tree.map(({ place }) => place.id)).size).toBe(tree.length)
    expect(tree.slice(1).every(({ depth }) => depth === 1)).toBe(true)
  })
})

describe('who is heard and who is called', () => {
  const phone = (member: string, more: Partial<InstallInfo> = {}): InstallInfo => ({
    ...{ id: `i ${member}`, member, name: '', device: '', enrolled: 0, received: 0, app: null },
    ...{ lastHeard: now, unsent: 0, status: 'active' },
    ...more,
  })

  it('believes phones with nothing unsent, but not one’s own', () => {
    const heard = heardOf([phone('a', { unsent: 2 }), phone('b', { lastHeard: 5 }), phone('me')], 'me')
    expect(latestHeard(heard, ['a', 'me'], [])).toBeNull()
    expect(latestHeard(heard, ['a', 'b'], [])).toBe(5)
    expect(latestHeard(heard, [], ['i b'])).toBe(5)
  })

  it('knows that nothing new was heard', () => {
    const first = heardOf([phone('a', { lastHeard: 4 }), phone('b', { lastHeard: 5 })], 'me')
    const again = heardOf([phone('b', { lastHeard: 5 }), phone('a', { lastHeard: 4 })], 'me')
    expect(isSameHeard(first, again)).toBe(true)
    expect(isSameHeard(first, heardOf([phone('a', { lastHeard: 4 })], 'me'))).toBe(false)
    const later = heardOf([phone('a', { lastHeard: 4 }), phone('b', { lastHeard: 6 })], 'me')
    expect(isSameHeard(first, later)).toBe(false)
  })

  it('calls who is late before who leads, and nobody where all is well', () => {
    const [row] = rows
    if (!row) throw new Error('no row')
    const fact = { id: '', kind: 'claim' }
    const seat = {
      member: 'late',
      name: '迟',
      fact,
      placement: 'claimed',
      leads: false,
      decided: true,
    } as never
    const late = [{ turn: {} as never, seat }]
    const doc = { ...row.doc, body: { ...row.doc.body, leaders: ['lead'] } }
    const member = (name: string, phone?: string) => ({ name, grants: [], ...(phone ? { phone } : {}) })
    const members = new Map([
      ['late', member('迟样本')],
      ['lead', member('头样本', '000')],
    ])
    const short = {
      ...row,
      doc,
      coverage: { ...row.coverage, cover: 'late' as const, late, due: [], here: [] },
    }
    expect(whomToCall(short, members)).toEqual({ name: '头样本', phone: '000' })
    members.set('late', member('迟样本', '111'))
    expect(whomToCall(short, members)).toEqual({ name: '迟样本', phone: '111' })
    expect(whomToCall({ ...short, coverage: { ...short.coverage, cover: 'covered' } }, members)).toBeNull()
  })
})

describe('hours put right at the desk', () => {
  const left = duty.find(({ kind }) => kind === 'checkOut')
  const stay = stayOf(book.book, String(left?.body['checkIn']))
  const open = stayOf(book.book, rows.flatMap(({ facts }) => facts.open)[0]?.id ?? '')

  it('amend what was written, and check out by hand where nothing was', () => {
    if (!stay || !open) throw new Error('the sample lacks stays')
    const both = hoursDrafts(stay, 'duty/x', { came: 1, left: 2 })
    expect(both.map(({ kind, body }) => [kind, body['target'], body['patch']])).toEqual([
      ['amendment', stay.fact.id, { came: 1 }],
      ['amendment', stay.outs[0]?.fact.id, { left: 2 }],
    ])
    const [out] = hoursDrafts(open, 'duty/x', { came: null, left: 9 })
    expect(out).toMatchObject({ kind: 'checkOut', body: { checkIn: open.fact.id, left: 9, way: 'hand' } })
    expect(hoursDrafts(stay, 'duty/x', { came: null, left: null })).toEqual([])
    // Signed in twice at the time that is said: both end with it.
    const said = { came: null, left: Math.max(open.fact.at, stay.fact.at) }
    const ended = hoursDrafts(open, 'duty/x', said, [stay]).map(({ body }) => body['checkIn'])
    expect(ended).toEqual([open.fact.id, stay.fact.id])
    expect(hoursDrafts(stay, 'duty/x', said, [open])).toHaveLength(1)
  })

  it('reads the field as it was filled', () => {
    const minute = Math.floor(now / 60_000) * 60_000
    expect(readLocalInput(localInput(now, zone), zone)).toBe(minute)
    expect(readLocalInput('', zone)).toBeNull()
  })
})

describe('the form of a unit', () => {
  it('takes what is right, says what is wrong, and writes only what changed', () => {
    const typed = { ...unitFields(null), name: ' 示例公司 ', heads: '12', daily: true }
    const read = readUnit(typed)
    expect(read).toEqual({
      ok: true,
      value: { type: 'agency', name: '示例公司', daily: true, heads: 12 },
    })
    expect(readUnit({ ...typed, name: '', heads: 'x' })).toEqual({
      ok: false,
      errors: { name: 'common.required', heads: 'units.wrongHeads' },
    })
    const before = { type: 'agency' as const, name: '示例公司', daily: true, heads: 9 }
    expect(read.ok && unitPatch(before, read.value)).toEqual({ heads: 12 })
    expect(read.ok && unitPatch({ ...before, phone: '0' }, read.value)).toEqual({ heads: 12, phone: null })
  })
})
