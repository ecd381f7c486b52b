import { packing, type KeptPosts } from '../../../../src/domain/rules/duty/keptPosts.ts'

/** Packs without pausing. */
export function packPosts(...parts: Parameters<typeof packing>): KeptPosts {
  const steps = packing(...parts)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
