import { onScopeDispose, watch } from 'vue'
import type { Doc } from '../../../domain/entry.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import { positionOf } from '../../../domain/rules/duty/position.ts'
import type { Evidence } from '../../../domain/rules/duty/records.ts'
import { followPosition, type Whereabouts } from '../../platform/whereabouts.ts'
import type { CheckIns } from './useCheckIns.ts'

/** A first fix may take this long; who waits in the cold is not asked for more. */
const waitMs = 2500

/**
 * Where the phone is, beside where a post is. Asked for only where some post was measured, and kept as one word: the
 * coordinates stay on the phone and are forgotten.
 */
export function useEvidence({ posts }: CheckIns) {
  let whereabouts: Whereabouts | null = null
  watch(
    () => posts.value.some(({ body }) => body.position),
    (measured) => {
      if (measured) whereabouts ??= followPosition()
    },
    { immediate: true },
  )
  onScopeDispose(() => whereabouts?.stop())
  return async (post: Doc<Post>, evidence: Evidence): Promise<Evidence> => {
    const { position } = post.body
    if (!position || !whereabouts) return evidence
    const fix = await whereabouts.fix(evidence.way === 'rotating' ? 0 : waitMs)
    return { ...evidence, position: positionOf(fix, position) }
  }
}
