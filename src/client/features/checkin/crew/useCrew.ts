import { computed, ref, type Ref } from 'vue'
import type { Doc, Draft } from '../../../../domain/entry.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { compare } from '../../../../domain/places.ts'
import type { Stay } from '../../../../domain/rules/duty/book.ts'
import { crewAt, leadsAt, type Crew } from '../../../../domain/rules/duty/crew.ts'
import { endOf, turnOf } from '../../../../domain/rules/duty/ending.ts'
import { staysOfMember } from '../../../../domain/rules/duty/mine.ts'
import { checkOutDrafts, type Visit } from '../../../../domain/rules/duty/records.ts'
import { myTurns, nextTurn } from '../../../../domain/rules/duty/roster.ts'
import { twinsOf } from '../../../../domain/rules/duty/together.ts'
import { SaveFailed, type SaveProblem } from '../../../store/index.ts'
import { useCheckIns } from '../useCheckIns.ts'

const nobody: Crew = { here: [], gone: [], missing: [] }

/** The people of one post, and what one may do about them. `wished`: a post's id from the address, or ''. */
export function useCrew(wished: Ref<string>) {
  const checkIns = useCheckIns()
  const { book, identity, now, posts, logbook, store } = checkIns
  const failed = ref<SaveProblem | null>(null)
  const me = computed(() => identity.value?.member ?? '')

  /** Where one is, else where one's next turn is. */
  const own = computed(() => {
    const open = staysOfMember(book.value, me.value).findLast(
      (stay) => endOf(stay, turnOf(book.value, stay), now.value) === null,
    )
    const next = nextTurn(myTurns(book.value, me.value, now.value), now.value)
    return open?.body.post ?? next?.turn.body.post ?? ''
  })
  const sorted = computed(() => [...posts.value].sort((a, b) => compare(a.body.name, b.body.name)))
  const post = computed<Doc<Post> | undefined>(() => {
    const id = wished.value || own.value
    return sorted.value.find((one) => one.id === id)
  })
  const coordinates = computed(
    () => identity.value?.grants.some(({ role }) => role === 'coordinator') ?? false,
  )
  const leads = computed(() => {
    const { value } = post
    if (!value) return false
    return coordinates.value || leadsAt(book.value, value.id, value.body, me.value, now.value)
  })
  const crew = computed(() => (post.value ? crewAt(book.value, post.value.id, now.value) : nobody))

  async function save(...drafts: readonly Draft[]): Promise<void> {
    failed.value = null
    try {
      await store.save(drafts)
    } catch (cause) {
      failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
    }
  }

  return {
    checkIns,
    me,
    posts: sorted,
    post,
    leads,
    crew,
    failed,
    /** May this person still say that the other is here? Once, and not of oneself. */
    mayVouch: (stay: Stay): boolean =>
      stay.body.member !== me.value &&
      stay.fact.by !== me.value &&
      !stay.vouches.some((vouch) => vouch.by === me.value),
    vouch: (stay: Stay): Promise<void> =>
      save({
        kind: 'vouch',
        logbook: logbook.value,
        body: { checkIn: stay.fact.id, name: identity.value?.name ?? '' },
      }),
    signOut: (stay: Stay): Promise<void> => {
      const who = { member: stay.body.member, name: stay.body.name }
      const visit: Visit = {
        logbook: logbook.value,
        post: stay.body.post,
        who,
        evidence: { way: 'leader' },
      }
      return save(...checkOutDrafts({ stay, twins: twinsOf(book.value, stay, now.value) }, visit))
    },
  }
}
