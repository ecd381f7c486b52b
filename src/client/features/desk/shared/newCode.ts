import type { Doc } from '../../../../domain/entry.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { makeShortCode } from '../../../../domain/rules/duty/shortCode.ts'
import { systemRandom } from '../../../platform/random.ts'

/** A short code that none of these posts has. */
export function newCode(posts: readonly Doc<Post>[]): string {
  const taken = new Set(posts.map((post) => post.body.code))
  for (;;) {
    const code = makeShortCode(systemRandom.bytes(7))
    if (!taken.has(code)) return code
  }
}
