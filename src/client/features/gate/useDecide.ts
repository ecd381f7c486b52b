import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { typedCelsius } from '../../../domain/formats/temperature.ts'
import { nothingTyped } from '../../../domain/formats/temperature.ts'
import type { EntryId } from '../../../domain/ids.ts'
import type { Passage } from '../../../domain/kinds/passage.ts'
import { painted } from '../../platform/breath.ts'
import type { Sounding } from '../../platform/sound.ts'
import { SaveFailed, type SaveProblem } from '../../store/index.ts'
import type { GateBook } from './book/gateBook.ts'
import { passageBody, type Decision, type Form } from './form.ts'
import type { GateForm } from './useGateForm.ts'

/** What was saved last and can be taken back for a while. */
export interface Done {
  id: EntryId
  body: Passage
  /** When it was saved, corrected ms. */
  at: number
  /** The form as it was, so that taking it back loses no answer. */
  form: Form
}

export interface Decide {
  /** Shown over the whole screen until it is closed. */
  verdict: ShallowRef<Done | null>
  /** Stays for ten seconds. */
  undoable: ShallowRef<Done | null>
  /** Seconds left to take it back. */
  undoSeconds: Ref<number>
  failed: Ref<SaveProblem | null>
  /** What was just taken back, until something else happens. */
  undone: Ref<boolean>
  commit(made: Decision): Promise<void>
  undo(): Promise<void>
  /** Keeps the first high value as a reading of its own and empties the pad for the second. */
  measureAgain(): Promise<void>
  closeVerdict(): void
}

export const undoSeconds = 10

/** The seconds in which the last entry can be taken back. */
function useUndoWindow() {
  const undoable = shallowRef<Done | null>(null)
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined
  const close = (): void => {
    clearInterval(timer)
    undoable.value = null
    left.value = 0
  }
  const open = (done: Done): void => {
    close()
    undoable.value = done
    left.value = undoSeconds
    timer = setInterval(() => (left.value > 1 ? (left.value -= 1) : close()), 1000)
  }
  onScopeDispose(close)
  return { undoable, left, open, close }
}

/** One entry at a time; none while what was saved is being said. */
function useSaving(book: GateBook, signal: (sounding: Sounding) => void) {
  const failed = ref<SaveProblem | null>(null)
  const undone = ref(false)
  // What was saved is said, and the form under it still holds it.
  const covered = { now: false }
  let saving = false
  async function save(kind: string, body: Record<string, unknown>): Promise<EntryId | null> {
    const gate = book.gate.value
    if (!gate || saving || covered.now) return null
    saving = true
    failed.value = null
    undone.value = false
    try {
      const [entry] = await book.store.save([{ kind, logbook: gate.logbook, body }])
      return entry?.id ?? null
    } catch (cause) {
      failed.value = cause instanceof SaveFailed ? cause.code : 'unavailable'
      signal('failed')
      return null
    } finally {
      saving = false
    }
  }
  return { failed, undone, covered, save }
}

/**
 * Saves what the guard decides. *Saved* is said only after the store has said so; a failed save keeps the form.
 * `shown` resolves when what was said stands on the screen.
 */
export function useDecide(
  book: GateBook,
  gateForm: GateForm,
  signal: (sounding: Sounding) => void,
  shown: () => Promise<void> = painted,
): Decide {
  const { form } = gateForm
  const verdict = shallowRef<Done | null>(null)
  const { failed, undone, covered, save } = useSaving(book, signal)
  const { undoable, left, open, close } = useUndoWindow()

  return {
    verdict,
    undoable,
    undoSeconds: left,
    failed,
    undone,
    closeVerdict: () => (verdict.value = null),
    async commit(made) {
      const gate = book.gate.value
      if (!gate) return
      const body = passageBody(gate.id, gateForm.draft.value, gateForm.advice.value, made)
      const before = { ...form }
      const id = await save('passage', body)
      if (id === null) return
      const done: Done = { id, body, at: book.now.exact(), form: before }
      covered.now = true
      verdict.value = done
      open(done)
      // The answer comes first; what it covers is drawn anew under it.
      await shown()
      covered.now = false
      signal(made.decision)
      // A scanner may have been quicker and said who comes next: of that one nothing else is known.
      gateForm.reset(form.who === before.who ? null : form.who)
    },
    async undo() {
      const done = undoable.value
      if (!done || (await save('correction', { target: done.id, retract: true, why: 'undo' })) === null)
        return
      close()
      verdict.value = null
      undone.value = true
      gateForm.restore(done.form)
    },
    async measureAgain() {
      const [celsius, gate] = [typedCelsius(form.temperature), book.gate.value]
      if (celsius === null || !gate) return
      const { home, name } = gateForm.draft.value
      const fever = gateForm.advice.value.includes('fever')
      const who = { ...(home ? { home } : {}), ...(name ? { name } : {}) }
      if (fever) {
        const about = form.repeats ? { about: form.repeats } : {}
        const id = await save('reading', { post: gate.id, celsius, fever, ...who, ...about })
        if (id === null) return
        form.repeats = id
      }
      form.temperature = nothingTyped
    },
  }
}
