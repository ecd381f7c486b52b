import { computed, shallowRef, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { MemberId } from '../../../../domain/ids.ts'
import type { LostCard } from '../../../../domain/kinds/lostCard.ts'
import { issueOf } from '../../../../domain/rules/duty/lostCards.ts'
import { systemClock } from '../../../platform/clock.ts'
import { useStore } from '../../../store/index.ts'
import { useCalls, type CallProblem, type IssuedCards } from '../../../sync/calls.ts'
import { useSync, type SyncStatus } from '../../../sync/status.ts'
import { useLive } from '../../../ui/useLive.ts'

export type PrintedCard = IssuedCards['cards'][number]

export interface Cards {
  /** Those that may be printed: never one of an issue that was made void here meanwhile. */
  cards: ComputedRef<readonly PrintedCard[]>
  problem: Ref<CallProblem | null>
  /** The centre has not heard yet of a card that was lost, and can't make the next one. */
  behind: ComputedRef<boolean>
  lost: ComputedRef<readonly LostCard[]>
  /** The centre's time, ms. */
  now(): number
}

/** So many the centre signs in one go. */
const atMost = 200

/** Cards for these members, signed by the centre; asked for anew when the centre has heard of more. */
export function useCards(wanted: ComputedRef<readonly MemberId[]>): Cards {
  const [calls, sync, store] = [useCalls(), useSync(), useStore()]
  const signed = shallowRef<readonly PrintedCard[]>([])
  const problem = ref<CallProblem | null>(null)
  const status = useLive<SyncStatus | null>(() => sync.status, null)
  const docs = useLive<Doc<LostCard>[]>(() => store.watchDocs('lostCard'), [])
  const lost = computed(() => docs.value.map(({ body }) => body))
  const cards = computed(() =>
    signed.value.filter(({ member, issue }) => issue >= issueOf(member, lost.value)),
  )
  const behind = computed(() => cards.value.length < signed.value.length)

  async function ask(ids: readonly MemberId[]): Promise<void> {
    const made: PrintedCard[] = []
    problem.value = null
    for (let at = 0; at < ids.length; at += atMost) {
      const answer = await calls.cards(ids.slice(at, at + atMost))
      if (!answer.ok) {
        problem.value = answer.problem
        return
      }
      made.push(...answer.value)
    }
    // Meanwhile somebody else may have been chosen.
    if (ids === wanted.value) signed.value = made
  }
  watch(wanted, (ids) => void (ids.length > 0 && ask(ids)), { immediate: true })
  watch([behind, () => status.value?.received], ([late]) => void (late && ask(wanted.value)))
  return { cards, problem, behind, lost, now: () => systemClock.now() + (status.value?.clockOffMs ?? 0) }
}
