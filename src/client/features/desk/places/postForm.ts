import * as v from 'valibot'
import type { PlaceId } from '../../../../domain/ids.ts'
import { Post, postTypes } from '../../../../domain/kinds/post.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { patchOf } from '../shared/patch.ts'
import type { Read } from './placeForm.ts'

/** Gates have rules, and a form of their own. */
export const furtherTypes = postTypes.filter((type) => type !== 'gate')
export type FurtherType = Exclude<Post['type'], 'gate'>

export interface PostFields {
  name: string
  type: FurtherType
  place: PlaceId
}

/** A form for a new post, or for one that is there. `place`: where a new one stands unless told otherwise. */
export const postFields = (post: Post | null, place: PlaceId): PostFields => ({
  name: post?.name ?? '',
  type: furtherTypes.find((type) => type === post?.type) ?? 'checkpoint',
  place: post?.place ?? place,
})

/** A post as typed, judged by the post's own schema. */
export function readPost(fields: PostFields): Read<PostFields, keyof PostFields> {
  const body = { ...fields, name: fields.name.trim() }
  const errors: Partial<Record<keyof PostFields, TextKey>> = {}
  const wrong = v.safeParse(Post, body).issues?.map((issue) => String(issue.path?.[0]?.key)) ?? []
  if (wrong.includes('name')) errors.name = body.name === '' ? 'common.required' : 'desk.tooLong'
  if (wrong.includes('place')) errors.place = 'common.required'
  return wrong.length > 0 ? { ok: false, errors } : { ok: true, value: body }
}

/** The whole post where it is new, else what changed. */
export const postPatch = (before: Post | null, after: PostFields): Record<string, unknown> =>
  before ? patchOf(before, { ...after }, ['name', 'type', 'place']) : { ...after }
