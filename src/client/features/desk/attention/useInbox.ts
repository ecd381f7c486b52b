import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { Household } from '../../../../domain/kinds/household.ts'
import type { Member } from '../../../../domain/kinds/member.ts'
import type { TextKey } from '../../../i18n/index.ts'
import { useCalls, type CallProblem, type InstallInfo, type QuarantineItem } from '../../../sync/calls.ts'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import { usePolled } from '../shared/usePolled.ts'
import { useTown, type Town } from '../shared/town.ts'
import { lostOf, type LostItem } from './lost.ts'
import { useNoted, type Notable } from './useNoted.ts'
import { sortAside, usePleas, type PleaItem } from './usePleas.ts'

export interface Inbox {
  quarantine: ComputedRef<QuarantineItem[]>
  pleas: ComputedRef<PleaItem[]>
  lost: ComputedRef<LostItem[]>
  /** Phones that found themselves cloned and took a new identity. */
  cloned: ComputedRef<InstallInfo[]>
  count: ComputedRef<number>
  /** False until the centre answered once: what it did not say is no zero. */
  known: ComputedRef<boolean>
  problem: ComputedRef<CallProblem | null>
  /** Why the last “noted” was not saved. */
  failed: Ref<TextKey | null>
  reload(): Promise<void>
  note(thing: Notable): Promise<boolean>
  notePlea(item: PleaItem): Promise<void>
}

/** Documents of every kind that coordinators edit. */
function useEdited(town: Town): ComputedRef<Doc<Record<string, unknown>>[]> {
  const store = useStore()
  const homes = useLive<Doc<Household>[]>(() => store.watchDocs('household'), [])
  const members = useLive<Doc<Member>[]>(() => store.watchDocs('member'), [])
  return computed(() => [...town.places.value, ...town.posts.value, ...homes.value, ...members.value])
}

export const lostThing = ({ lost }: LostItem): Notable => ({
  about: 'lost',
  record: lost.entry,
  field: lost.field,
})
export const cloneThing = ({ id }: InstallInfo): Notable => ({ about: 'clone', record: id })
const pleaThing = ({ id }: PleaItem): Notable => ({ about: 'plea', record: id })

export function createInbox(town: Town): Inbox {
  const calls = useCalls()
  const quarantined = usePolled(() => calls.quarantine())
  const installs = usePolled(() => calls.installs())
  const { isNoted, note, failed } = useNoted(town)
  const pleas = usePleas(town)
  const edited = useEdited(town)
  const aside = computed(() =>
    sortAside((quarantined.value.value ?? []).filter((item) => item.status === 'open')),
  )
  const inbox = {
    quarantine: computed(() => aside.value.rest),
    pleas: computed(() => [...pleas.value.filter((item) => !isNoted(pleaThing(item))), ...aside.value.pleas]),
    lost: computed(() =>
      lostOf(edited.value, town.identity.value?.member).filter((item) => !isNoted(lostThing(item))),
    ),
    cloned: computed(() =>
      (installs.value.value?.installs ?? []).filter(
        (phone) => phone.status === 'renewed' && !isNoted(cloneThing(phone)),
      ),
    ),
  }
  return {
    ...inbox,
    count: computed(() => Object.values(inbox).reduce((sum, list) => sum + list.value.length, 0)),
    known: computed(() => quarantined.value.value !== null && installs.value.value !== null),
    problem: computed(() => quarantined.problem.value ?? null),
    failed,
    reload: quarantined.reload,
    note,
    async notePlea(item) {
      if (item.review === undefined) return void (await note(pleaThing(item)))
      await calls.review(item.review, 'dismiss')
      await quarantined.reload()
    },
  }
}

export const inboxKey: InjectionKey<Inbox> = Symbol('inbox')

/** The inbox that the desk's frame provides. */
export const useInbox = (): Inbox => inject(inboxKey, null) ?? createInbox(useTown())
