import { computed, inject, onScopeDispose, shallowRef, watch, type ComputedRef, type InjectionKey } from 'vue'
import * as v from 'valibot'
import type { Doc, Fact } from '../../../../domain/entry.ts'
import type { Household } from '../../../../domain/kinds/household.ts'
import type { Member } from '../../../../domain/kinds/member.ts'
import { Plea } from '../../../../domain/kinds/plea.ts'
import { systemClock } from '../../../platform/clock.ts'
import { useCalls, type CallProblem, type InstallInfo, type QuarantineItem } from '../../../sync/calls.ts'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import { usePolled } from '../shared/usePolled.ts'
import { useTown, type Town } from '../shared/town.ts'
import { lostOf, type LostItem } from './lost.ts'
import { useSettled } from './useSettled.ts'

export interface PleaItem {
  key: string
  fact: Fact
  plea: Plea
}
export interface Inbox {
  quarantine: ComputedRef<QuarantineItem[]>
  pleas: ComputedRef<PleaItem[]>
  lost: ComputedRef<LostItem[]>
  /** Phones that found themselves cloned and took a new identity. */
  cloned: ComputedRef<InstallInfo[]>
  count: ComputedRef<number>
  problem: ComputedRef<CallProblem | null>
  reload(): Promise<void>
  settle(key: string): Promise<void>
}

const pleaDaysMs = 30 * 86_400_000

function usePleas(town: Town): ComputedRef<PleaItem[]> {
  const store = useStore()
  const facts = shallowRef<ReadonlyMap<string, Fact>>(new Map())
  let stop = (): void => undefined
  watch(
    town.duty,
    (duty) => {
      stop()
      facts.value = new Map()
      if (!duty) return
      stop = store.followFacts(duty, systemClock.now() - pleaDaysMs, (more) => {
        facts.value = new Map([...facts.value, ...more.map((fact) => [fact.id, fact] as const)])
      })
    },
    { immediate: true },
  )
  onScopeDispose(() => stop())
  return computed(() =>
    [...facts.value.values()].flatMap((fact) => {
      const plea = v.safeParse(Plea, fact.body)
      return fact.kind === 'plea' && plea.success ? [{ key: `plea/${fact.id}`, fact, plea: plea.output }] : []
    }),
  )
}

/** Documents of every kind that coordinators edit. */
function useEdited(town: Town): ComputedRef<Doc<Record<string, unknown>>[]> {
  const store = useStore()
  const homes = useLive<Doc<Household>[]>(() => store.watchDocs('household'), [])
  const members = useLive<Doc<Member>[]>(() => store.watchDocs('member'), [])
  return computed(() => [...town.places.value, ...town.posts.value, ...homes.value, ...members.value])
}

export function createInbox(town: Town): Inbox {
  const calls = useCalls()
  const quarantined = usePolled(() => calls.quarantine())
  const installs = usePolled(() => calls.installs())
  const { isSettled, settle } = useSettled()
  const open = <T extends { key: string }>(items: readonly T[]): T[] => items.filter((i) => !isSettled(i.key))
  const pleas = usePleas(town)
  const edited = useEdited(town)
  const inbox = {
    quarantine: computed(() => (quarantined.value.value ?? []).filter((item) => item.status === 'open')),
    pleas: computed(() => open(pleas.value)),
    lost: computed(() => open(lostOf(edited.value, town.identity.value?.member))),
    cloned: computed(() =>
      (installs.value.value?.installs ?? []).filter(
        (i) => i.status === 'renewed' && !isSettled(`clone/${i.id}`),
      ),
    ),
  }
  const count = computed(
    () =>
      inbox.quarantine.value.length +
      inbox.pleas.value.length +
      inbox.lost.value.length +
      inbox.cloned.value.length,
  )
  return {
    ...inbox,
    count,
    problem: computed(() => quarantined.problem.value),
    reload: quarantined.reload,
    settle,
  }
}

export const inboxKey: InjectionKey<Inbox> = Symbol('inbox')

/** The inbox that the desk's frame provides. */
export const useInbox = (): Inbox => inject(inboxKey, null) ?? createInbox(useTown())
