import * as v from 'valibot'
import { computed, type ComputedRef } from 'vue'
import type { MemberId } from '../../../domain/ids.ts'
import type { Turn } from '../../../domain/rules/duty/book.ts'
import type { MyTurn } from '../../../domain/rules/duty/roster.ts'
import { knownOf, tidingsOf, type KnownTurn, type Tidings } from '../../../domain/rules/duty/tidings.ts'
import type { Store } from '../../store/index.ts'
import { useLive } from '../../ui/useLive.ts'

/** Which turns the holder of this phone has seen, and how they stood then. It stays on the phone. */
const prefKey = 'roster.seen'
const Seen = v.record(
  v.string(),
  v.object({ post: v.string(), starts: v.number(), ends: v.number(), cancelled: v.optional(v.boolean()) }),
)
const weekMs = 7 * 24 * 60 * 60_000

export interface TurnTidings {
  /** What its holder does not know yet of a turn; null = nothing. */
  tidings(mine: MyTurn): Tidings | null
  /** They have seen it as it stands. */
  noted(turn: Turn): Promise<void>
}

/** What has changed of one's turns since one saw them. `now`: corrected time, ms. */
export function useTidings(store: Store, me: ComputedRef<MemberId>, now: ComputedRef<number>): TurnTidings {
  const kept = useLive<unknown>(() => store.watchPref<unknown>(prefKey), undefined)
  const seen = computed((): Readonly<Record<string, KnownTurn>> => {
    const read = v.safeParse(Seen, kept.value)
    return read.success ? read.output : {}
  })
  return {
    tidings: (mine) => tidingsOf(mine, me.value, seen.value[mine.turn.fact.id]),
    async noted(turn) {
      const current = Object.entries(seen.value).filter(([, { ends }]) => ends > now.value - weekMs)
      await store.setPref(prefKey, { ...Object.fromEntries(current), [turn.fact.id]: knownOf(turn) })
    },
  }
}
