import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Doc, Draft } from '../../../domain/entry.ts'
import type { EntryId } from '../../../domain/ids.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import type { Turn } from '../../../domain/rules/duty/book.ts'
import type { Choice, Evidence, Visit } from '../../../domain/rules/duty/records.ts'
import { placeDrafts, recordsFor, undoDrafts } from '../../../domain/rules/duty/records.ts'
import { stillFree, understand, type Meaning } from '../../../domain/rules/duty/understand.ts'
import { breathe, painted } from '../../platform/breath.ts'
import type { Sounding } from '../../platform/sound.ts'
import { SaveFailed, type SaveProblem } from '../../store/index.ts'
import type { CheckIns } from './useCheckIns.ts'

/** A scan that was understood: who, where, and what it means. */
export interface Understood {
  meaning: Meaning
  post: Doc<Post>
  visit: Visit
  /** It was a rotating code that is too old; it counts for no more than a printed one. */
  stale: boolean
  /** A place that may be taken after they were signed in. */
  free: Turn | null
}

/** What was recorded, and by which answer. */
export interface Done extends Understood {
  choice: Choice
  ids: readonly EntryId[]
  drafts: readonly Draft[]
  /** Corrected ms. */
  at: number
  /** The place that was taken with it. */
  taken: Turn | null
}

export interface SignIn {
  /** Waits for the person's answer. */
  asked: ShallowRef<Understood | null>
  /** Would be said if it were saved: drawn ahead, so that it only has to be shown, and not seen. */
  coming: ShallowRef<Done | null>
  /** Said over the whole screen until it is closed; stands there before anything under it is drawn anew. */
  said: ShallowRef<Done | null>
  done: ShallowRef<Done | null>
  failed: Ref<SaveProblem | null>
  saving: Ref<boolean>
  /** Takes up a scan: records it, or asks. */
  begin(post: Doc<Post>, who: Visit['who'], evidence: Evidence, stale?: boolean): Promise<void>
  /** Draws, unseen, what most scans are answered with, so that the first one finds everything made. */
  rehearse(post: Doc<Post>, who: Visit['who']): void
  answer(choice: Choice): Promise<void>
  /** Takes the place that was free where they have just signed in. */
  take(): Promise<void>
  /** What was just recorded is taken back; both stay readable. */
  undo(): Promise<void>
  /** Ready for the next scan. */
  reset(): void
}

/** Writes down what was done; one write at a time. */
function useSaving({ store }: CheckIns, signal: (sounding: Sounding) => void) {
  const failed = ref<SaveProblem | null>(null)
  const saving = ref(false)

  async function save(drafts: readonly Draft[]): Promise<EntryId[] | null> {
    if (saving.value) return null
    saving.value = true
    failed.value = null
    try {
      return (await store.save(drafts)).map(({ id }) => id)
    } catch (cause) {
      failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
      signal('failed')
      return null
    } finally {
      saving.value = false
    }
  }
  return { failed, saving, save }
}

type Written = Pick<Done, 'choice' | 'drafts' | 'ids' | 'at'>

/** What was recorded, with the place that was taken, or may be taken still. */
function doneOf(understood: Understood, written: Written): Done {
  const { meaning } = understood
  const taken = written.choice.do === 'take' && meaning.is === 'join' ? meaning.turn : null
  const free = written.drafts.some(({ kind }) => kind === 'checkIn') ? understood.free : null
  return { ...understood, ...written, taken, free }
}

function understoodAs(
  checkIns: CheckIns,
  post: Doc<Post>,
  who: Visit['who'],
  evidence: Evidence,
): Understood {
  const visit: Visit = { logbook: checkIns.logbook.value, post: post.id, who, evidence }
  const context = checkIns.context(who.member ?? '', evidence.way === 'card')
  const meaning = understand(post.id, context)
  return { meaning, post, visit, stale: false, free: stillFree(meaning, context) }
}

/** What most scans are answered with, as if this one had been. */
function usual(understood: Understood, at: number): Done {
  const [meaning, choice]: [Meaning, Choice] = [{ is: 'arrive', how: 'unplanned', byMs: 0 }, { do: 'arrive' }]
  const drafts = recordsFor(meaning, choice, understood.visit)
  return doneOf({ ...understood, meaning }, { choice, drafts, ids: [], at })
}

/** The answer comes first; what it covers is drawn anew under it, once it stands on the screen. */
function useAnswer(shown: () => Promise<void>) {
  const coming = shallowRef<Done | null>(null)
  const said = shallowRef<Done | null>(null)
  const done = shallowRef<Done | null>(null)
  // Said, and the question or the camera under it still stands there.
  let covering: Done | null = null
  return {
    coming,
    said,
    done,
    isCovering: () => covering !== null,
    /** What would be said is drawn while the disk is at it, which is asked first. */
    async ahead(writing: Promise<EntryId[] | null>, unsaid: Done): Promise<EntryId[] | null> {
      let isWriting = true
      void breathe().then(() => {
        if (isWriting) coming.value = unsaid
      })
      const ids = await writing
      isWriting = false
      if (!ids) coming.value = null
      return ids
    },
    /** False where it was put away meanwhile. */
    async say(now: Done): Promise<boolean> {
      covering = said.value = now
      await shown()
      if (covering !== now) return false
      covering = coming.value = null
      done.value = now
      return true
    },
    clear(): void {
      covering = coming.value = said.value = done.value = null
    },
  }
}

/**
 * One person signing in or out, from what was read to what was written down. `signal`: sound and vibration. `shown`
 * resolves when what was said stands on the screen.
 */
export function useSignIn(
  checkIns: CheckIns,
  signal: (sounding: Sounding) => void,
  shown: () => Promise<void> = painted,
): SignIn {
  const asked = shallowRef<Understood | null>(null)
  const { coming, said, done, ...answer } = useAnswer(shown)
  const { failed, saving, save } = useSaving(checkIns, signal)

  async function commit(understood: Understood, choice: Choice): Promise<void> {
    if (answer.isCovering() || saving.value) return
    const drafts = recordsFor(understood.meaning, choice, understood.visit)
    const written = { choice, drafts, at: checkIns.exact() }
    const ids =
      drafts.length > 0 ? await answer.ahead(save(drafts), doneOf(understood, { ...written, ids: [] })) : []
    if (!ids) return
    if (!(await answer.say(doneOf(understood, { ...written, ids })))) return
    asked.value = null
    signal('admit')
  }

  async function take(): Promise<void> {
    const now = done.value
    if (!now?.free) return
    const drafts = placeDrafts(now.visit, now.free)
    const ids = await save(drafts)
    if (!ids) return
    const all = { ids: [...now.ids, ...ids], drafts: [...now.drafts, ...drafts] }
    done.value = { ...now, ...all, taken: now.free, free: null }
    signal('admit')
  }

  return {
    asked,
    coming,
    said,
    done,
    failed,
    saving,
    async begin(post, who, evidence, stale = false) {
      const understood = { ...understoodAs(checkIns, post, who, evidence), stale }
      const { meaning } = understood
      if ((meaning.is === 'arrive' && !stale) || meaning.is === 'already')
        return commit(understood, { do: 'arrive' })
      asked.value = understood
      signal('ask')
    },
    rehearse(post, who) {
      if (asked.value || said.value || done.value || saving.value) return
      coming.value = usual(understoodAs(checkIns, post, who, { way: 'printed' }), checkIns.exact())
    },
    async answer(choice) {
      if (asked.value) await commit(asked.value, choice)
    },
    take,
    async undo() {
      const { ids = [], drafts = [] } = done.value ?? {}
      if (await save(undoDrafts(drafts, ids))) answer.clear()
    },
    reset() {
      asked.value = null
      answer.clear()
      failed.value = null
    },
  }
}
