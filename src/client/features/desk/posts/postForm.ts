import * as v from 'valibot'
import type { MemberId, PlaceId } from '../../../../domain/ids.ts'
import { Post, postTypes, type Position } from '../../../../domain/kinds/post.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { patchOf } from '../shared/patch.ts'
import { skillList } from '../shared/skillList.ts'

/** Gates have rules as well, on a page of their own; here stands what they share with every post. */
export const furtherTypes = postTypes.filter((type) => type !== 'gate')

export interface PostFields {
  name: string
  type: Post['type']
  /** For type `other`: what the community calls it. */
  label: string
  place: PlaceId
  /** False: round the clock. */
  limited: boolean
  opens: string
  closes: string
  heads: string
  /** Separated by commas or 、. */
  skills: string
  leaders: readonly MemberId[]
  position: Position | null
  note: string
}

export type PostErrors = Partial<Record<keyof PostFields, TextKey>>
type ReadPost = { ok: true; value: Partial<Post> } | { ok: false; errors: PostErrors }

const written = [
  'name',
  'type',
  'label',
  'place',
  'opens',
  'closes',
  'heads',
  'skills',
  'leaders',
  'position',
  'note',
] as const

/** A form for a new post, or for one that is there. `place`: where a new one stands unless told otherwise. */
export const postFields = (post: Post | null, place: PlaceId): PostFields => ({
  name: post?.name ?? '',
  type: post?.type ?? 'checkpoint',
  label: post?.label ?? '',
  place: post?.place ?? place,
  limited: post?.opens !== undefined && post.closes !== undefined,
  opens: post?.opens ?? '08:00',
  closes: post?.closes ?? '20:00',
  heads: post?.heads === undefined ? '' : String(post.heads),
  skills: (post?.skills ?? []).join(', '),
  leaders: post?.leaders ?? [],
  position: post?.position ?? null,
  note: post?.note ?? '',
})

const messages: Partial<Record<keyof PostFields, TextKey>> = {
  place: 'common.required',
  heads: 'plan.headsWrong',
  skills: 'desk.tooLong',
  label: 'desk.tooLong',
  note: 'desk.tooLong',
}

function bodyOf(fields: PostFields): Record<string, unknown> {
  const { name, type, place, label, limited, opens, closes, heads, leaders, position, note } = fields
  const skills = skillList(fields.skills)
  return {
    name: name.trim(),
    type,
    place,
    ...(type === 'other' && label.trim() !== '' ? { label: label.trim() } : {}),
    ...(limited ? { opens, closes } : {}),
    ...(heads.trim() === '' ? {} : { heads: Number(heads) }),
    ...(skills.length > 0 ? { skills } : {}),
    ...(leaders.length > 0 ? { leaders: [...leaders] } : {}),
    ...(position ? { position } : {}),
    ...(note.trim() === '' ? {} : { note: note.trim() }),
  }
}

/** A post as typed, judged by the post's own schema. */
export function readPost(fields: PostFields): ReadPost {
  const read = v.safeParse(Post, bodyOf(fields))
  const errors: PostErrors = {}
  for (const issue of read.issues ?? []) {
    const field = written.find((name) => name === issue.path?.[0]?.key)
    if (field === 'name') errors.name = fields.name.trim() === '' ? 'common.required' : 'desk.tooLong'
    else if (field) errors[field] = messages[field] ?? 'plan.hoursWrong'
  }
  if (fields.limited && fields.opens === fields.closes) errors.closes = 'plan.hoursWrong'
  return !read.success || Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, value: read.output }
}

/** What is saved: the whole post with its code where it is new, else what changed. */
export const postPatch = (
  before: Post | null,
  after: Partial<Post>,
  newCode: () => string,
): Record<string, unknown> =>
  before ? patchOf(before, { ...after }, written) : { ...after, code: newCode() }
