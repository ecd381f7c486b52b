import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Doc, Draft } from '../../../domain/entry.ts'
import type { EntryId } from '../../../domain/ids.ts'
import type { Post } from '../../../domain/kinds/post.ts'
import type { Choice, Evidence, Visit } from '../../../domain/rules/duty/records.ts'
import { recordsFor, undoDrafts } from '../../../domain/rules/duty/records.ts'
import { understand, type Meaning } from '../../../domain/rules/duty/understand.ts'
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
}

/** What was recorded, and by which answer. */
export interface Done extends Understood {
  choice: Choice
  ids: readonly EntryId[]
  drafts: readonly Draft[]
  /** Corrected ms. */
  at: number
}

export interface SignIn {
  /** Waits for the person's answer. */
  asked: ShallowRef<Understood | null>
  done: ShallowRef<Done | null>
  failed: Ref<SaveProblem | null>
  saving: Ref<boolean>
  /** Takes up a scan: records it, or asks. */
  begin(post: Doc<Post>, who: Visit['who'], evidence: Evidence, stale?: boolean): Promise<void>
  answer(choice: Choice): Promise<void>
  /** What was just recorded is taken back; both stay readable. */
  undo(): Promise<void>
  /** Ready for the next scan. */
  reset(): void
}

/** One person signing in or out, from what was read to what was written down. `signal`: sound and vibration. */
export function useSignIn(checkIns: CheckIns, signal: (sounding: Sounding) => void): SignIn {
  const asked = shallowRef<Understood | null>(null)
  const done = shallowRef<Done | null>(null)
  const failed = ref<SaveProblem | null>(null)
  const saving = ref(false)

  async function save(drafts: readonly Draft[]): Promise<EntryId[] | null> {
    if (saving.value) return null
    saving.value = true
    failed.value = null
    try {
      return (await checkIns.store.save(drafts)).map(({ id }) => id)
    } catch (cause) {
      failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
      signal('failed')
      return null
    } finally {
      saving.value = false
    }
  }

  async function commit(understood: Understood, choice: Choice): Promise<void> {
    const drafts = recordsFor(understood.meaning, choice, understood.visit)
    const ids = drafts.length > 0 ? await save(drafts) : []
    if (!ids) return
    asked.value = null
    done.value = { ...understood, choice, ids, drafts, at: checkIns.exact() }
    signal('admit')
  }

  return {
    asked,
    done,
    failed,
    saving,
    async begin(post, who, evidence, stale = false) {
      const visit: Visit = { logbook: checkIns.logbook.value, post: post.id, who, evidence }
      const meaning = understand(post.id, checkIns.context(who.member ?? ''))
      const understood: Understood = { meaning, post, visit, stale }
      if ((meaning.is === 'arrive' && !stale) || meaning.is === 'already')
        return commit(understood, { do: 'arrive' })
      asked.value = understood
      signal('ask')
    },
    async answer(choice) {
      if (asked.value) await commit(asked.value, choice)
    },
    async undo() {
      const { ids = [], drafts = [] } = done.value ?? {}
      if (await save(undoDrafts(drafts, ids))) done.value = null
    },
    reset() {
      asked.value = null
      done.value = null
      failed.value = null
    },
  }
}
