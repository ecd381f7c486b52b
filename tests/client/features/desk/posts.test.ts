import { describe, expect, it } from 'vitest'
import { missingCodes } from '../../../../src/client/features/desk/posts/codes.ts'
import {
  furtherTypes,
  postFields,
  postPatch,
  readPost,
} from '../../../../src/client/features/desk/posts/postForm.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import type { Post } from '../../../../src/domain/kinds/post.ts'
import { readShortCode } from '../../../../src/domain/rules/duty/shortCode.ts'
import { community } from '../../support/fakes.ts'

const compound = '0192f0c8-0000-7000-8000-000000000002'
const leader = '0192f0c8-0000-7000-8000-000000000003'
const tent: Post = { type: 'checkpoint', name: '东头帐篷', place: compound }
const noCode = (): string => 'none'
const doc = (id: string, body: Post): Doc<Post> => ({
  ...{ kind: 'post', id, logbook: '', seq: 1, at: 0, removed: false, state: 'sent', lost: [] },
  body,
})

describe('a post as it is typed', () => {
  it('needs a name and a place, and hours that differ', () => {
    expect(furtherTypes).not.toContain('gate')
    const fresh = postFields(null, community)
    const errorsOf = (fields: typeof fresh) => {
      const read = readPost(fields)
      return read.ok ? {} : read.errors
    }
    expect(errorsOf(fresh)).toEqual({ name: 'common.required' })
    expect(errorsOf({ ...fresh, name: 'x'.repeat(81) })).toEqual({ name: 'desk.tooLong' })
    expect(errorsOf({ ...fresh, name: '西岗', place: '' })).toEqual({ place: 'common.required' })
    const same = { ...fresh, name: '西岗', limited: true, opens: '08:00', closes: '08:00' }
    expect(errorsOf(same)).toEqual({ closes: 'plan.hoursWrong' })
    expect(errorsOf({ ...same, opens: '', closes: '20:00' })).toEqual({ opens: 'plan.hoursWrong' })
    expect(errorsOf({ ...fresh, name: '西岗', heads: 'two' })).toEqual({ heads: 'plan.headsWrong' })
  })

  it('has hours, heads, skills, leaders, a position and its own type', () => {
    const position = { lat: 36.06, lon: 103.83, radiusM: 100 }
    const read = readPost({
      ...postFields(null, community),
      ...{ name: ' 失物招领 ', type: 'other', label: '失物', limited: true, opens: '20:00', closes: '08:00' },
      ...{ heads: '2', skills: '会说方言、懂急救，会说方言', leaders: [leader], position, note: '' },
    })
    expect(read).toEqual({
      ok: true,
      value: {
        ...{
          name: '失物招领',
          type: 'other',
          label: '失物',
          place: community,
          opens: '20:00',
          closes: '08:00',
        },
        ...{ heads: 2, skills: ['会说方言', '懂急救'], leaders: [leader], position },
      },
    })
  })

  it('is changed field by field; a code is made once and never by an edit', () => {
    const typed = (more: object) => {
      const read = readPost({ ...postFields(tent, community), ...more })
      return read.ok ? read.value : {}
    }
    expect(postPatch(tent, typed({}), noCode)).toEqual({})
    expect(postPatch(tent, typed({ type: 'supplies', heads: '3' }), noCode)).toEqual({
      type: 'supplies',
      heads: 3,
    })
    const round: Post = { ...tent, opens: '08:00', closes: '20:00', heads: 2 }
    const open = readPost({ ...postFields(round, community), limited: false, heads: '' })
    expect(open.ok && postPatch(round, open.value, noCode)).toEqual({
      opens: null,
      closes: null,
      heads: null,
    })
    expect(postPatch(null, typed({}), () => 'NEW')).toEqual({ ...tent, code: 'NEW' })
  })

  it('that was made before there were codes gets one, all different', () => {
    const posts = [doc('a', tent), doc('b', { ...tent, code: '466S4SZ1' }), doc('c', tent)]
    const drafts = missingCodes(posts, posts, `duty/${community}`)
    expect(drafts.map((draft) => draft.record)).toEqual(['a', 'c'])
    const codes = drafts.map((draft) => String(draft.body['code']))
    expect(codes.map(readShortCode)).toEqual(codes)
    expect(new Set(codes).size).toBe(2)
  })
})
