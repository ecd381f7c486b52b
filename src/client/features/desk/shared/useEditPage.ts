import { computed, ref, watch, type ComputedRef, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import type { Draft } from '../../../../domain/entry.ts'
import { useFormPage, type LeaveGuard } from '../../../ui/useLeaveGuard.ts'
import { useSave, type Saver } from './useSave.ts'

export interface EditPage<F> extends Pick<Saver, 'busy' | 'failed'> {
  fields: Ref<F>
  /** The person has tried to save: from now on it is shown what is wrong. */
  tried: Ref<boolean>
  leave: LeaveGuard
  /** Saves and leads back; a draft without a field is not saved. */
  keep(draft: Draft): Promise<void>
}

/**
 * A form that is a page of its own: each field follows the record until something is typed in it, it asks before it is left half
 * filled, and leads back to `home` when it was saved. `start`: the form as the record has it.
 */
export function useEditPage<F extends object>(start: ComputedRef<F>, home: string): EditPage<F> {
  const router = useRouter()
  const { save, busy, failed } = useSave()
  const text = (what: unknown): string => JSON.stringify(what)
  const fields = ref({ ...start.value }) as Ref<F>
  const [tried, done] = [ref(false), ref(false)]
  const dirty = computed(() => !done.value && text(fields.value) !== text(start.value))
  watch(start, (now, before) => {
    // Somebody else's edit arrives: each field takes it where nothing was typed over it, else saving would undo it.
    const was = new Map<string, unknown>(Object.entries(before))
    const typed = Object.entries(fields.value).filter(
      ([field, value]) => text(value) !== text(was.get(field)),
    )
    fields.value = { ...now, ...Object.fromEntries(typed) }
  })
  const leave = useFormPage(() => dirty.value)
  return {
    fields,
    tried,
    leave,
    busy,
    failed,
    async keep(draft) {
      if (!(await save(Object.keys(draft.body).length > 0 ? [draft] : []))) return
      done.value = true
      await router.push(home)
    },
  }
}
