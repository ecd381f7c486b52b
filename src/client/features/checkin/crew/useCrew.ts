import { computed, ref, type Ref } from 'vue'
import type { Doc, Draft } from '../../../../domain/entry.ts'
import type { Post } from '../../../../domain/kinds/post.ts'
import { compare } from '../../../../domain/places.ts'
import type { Stay } from '../../../../domain/rules/duty/book.ts'
import { crewAt, leadsAt, rosterNames, type Crew } from '../../../../domain/rules/duty/crew.ts'
import { endOf, turnOf } from '../../../../domain/rules/duty/ending.ts'
import { staysOfMember } from '../../../../domain/rules/duty/mine.ts'
import { checkOutDrafts, type Visit } from '../../../../domain/rules/duty/records.ts'
import { myTurns, nextTurn } from '../../../../domain/rules/duty/roster.ts'
import type { Seat } from '../../../../domain/rules/duty/seats.ts'
import { leavingWith } from '../../../../domain/rules/duty/together.ts'
import { SaveFailed, type SaveProblem } from '../../../store/index.ts'
import { useCheckIns, type CheckIns } from '../useCheckIns.ts'

const nobody: Crew = { here: [], gone: [], missing: [] }

/** The posts to choose from, and the chosen one: where one is, else where one's next turn is. */
function usePost({ book, identity, now, posts }: CheckIns, wished: Ref<string>) {
  const me = computed(() => identity.value?.member ?? '')
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
  return { me, posts: sorted, post }
}

/** Confirms that somebody is there, and signs them out. */
function useCrewActs({ book, identity, now, logbook, store }: CheckIns) {
  const failed = ref<SaveProblem | null>(null)

  async function save(...drafts: readonly Draft[]): Promise<void> {
    failed.value = null
    try {
      await store.save(drafts)
    } catch (cause) {
      failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
    }
  }

  return {
    failed,
    vouch: (stay: Stay): Promise<void> =>
      save({
        kind: 'vouch',
        logbook: logbook.value,
        body: { checkIn: stay.fact.id, name: identity.value?.name ?? '' },
      }),
    signOut: (stay: Stay): Promise<void> => {
      const { member, name, post } = stay.body
      const visit: Visit = {
        logbook: logbook.value,
        post,
        who: { member, name },
        evidence: { way: 'leader' },
      }
      return save(...checkOutDrafts({ stay, twins: leavingWith(book.value, stay, now.value) }, visit))
    },
  }
}

/** The people of one post, and what one may do about them. `wished`: a post's id from the address, or ''. */
export function useCrew(wished: Ref<string>) {
  const checkIns = useCheckIns()
  const { book, identity, now } = checkIns
  const { me, posts, post } = usePost(checkIns, wished)
  const coordinates = computed(
    () => identity.value?.grants.some(({ role }) => role === 'coordinator') ?? false,
  )
  const leads = computed(() => {
    const { value } = post
    if (!value) return false
    return coordinates.value || leadsAt(book.value, value.id, value.body, me.value, now.value)
  })
  const names = computed(() => rosterNames(book.value))
  const crew = computed(() => (post.value ? crewAt(book.value, post.value.id, now.value) : nobody))

  return {
    checkIns,
    me,
    posts,
    post,
    leads,
    crew,
    ...useCrewActs(checkIns),
    /** Who signed in, as this phone may know them; '' where only the centre knows. */
    nameOf: ({ body }: Stay): string => body.name ?? names.value.get(body.member ?? '') ?? '',
    /** Who has a seat; a name that this phone holds masked is none to be written down. */
    whoOf: ({ member, name }: Seat): Visit['who'] => (coordinates.value ? { member, name } : { member }),
    /** May this person still say that the other is here? Once, and not of oneself. */
    mayVouch: (stay: Stay): boolean =>
      stay.body.member !== me.value &&
      stay.fact.by !== me.value &&
      !stay.vouches.some((vouch) => vouch.by === me.value),
  }
}
