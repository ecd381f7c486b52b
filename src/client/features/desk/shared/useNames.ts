import { computed } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { Member } from '../../../../domain/kinds/member.ts'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'

/** Members of the community, and what each is called; `known` once the phone was asked. */
export function useNames() {
  const store = useStore()
  const docs = useLive<Doc<Member>[] | null>(() => store.watchDocs('member'), null)
  const known = computed(() => docs.value !== null)
  const members = computed(() => docs.value ?? [])
  const names = computed(() => new Map(members.value.map((m) => [m.id, m.body.name])))
  return { members, known, nameOf: (member: string): string => names.value.get(member) ?? '' }
}
