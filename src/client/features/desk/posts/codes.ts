import type { Doc, Draft } from '../../../../domain/entry.ts'
import type { LogbookId } from '../../../../domain/ids.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { newCode } from '../shared/newCode.ts'

/** Codes for posts that were made before there were any. */
export const missingCodes = (
  posts: readonly Doc<Post>[],
  among: readonly Doc<Post>[],
  logbook: LogbookId,
): Draft[] =>
  among
    .filter((post) => post.body.code === undefined)
    .map((post) => ({ kind: 'post', logbook, record: post.id, body: { code: newCode(posts) } }))
