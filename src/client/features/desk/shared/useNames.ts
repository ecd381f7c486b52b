import { computed } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import type { Member } from '../../../../domain/kinds/member.ts'
import { useStore } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'

/** Members of the community, and what each is called. */
export function useNames() {
  const store = useStore()
  const members = useLive<Doc<Member>[]>(() => store.watchDocs('member'), [])
  const names = computed(() => new Map(members.value.map((m) => [m.id, m.body.name])))
  return { members, nameOf: (member: string): string => names.value.get(member) ?? '' }
}
