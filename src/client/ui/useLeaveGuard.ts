import { ref, type Ref } from 'vue'
import { onBeforeRouteLeave } from 'vue-router'
import { useDirty } from './useDirty.ts'

export interface LeaveGuard {
  asking: Readonly<Ref<boolean>>
  /** For onBeforeRouteLeave: waits for the person's answer where something is unsaved. */
  guard(): boolean | Promise<boolean>
  stay(): void
  go(): void
}

/** Asks before a half-filled form is left. */
export function useLeaveGuard(dirty: () => boolean): LeaveGuard {
  const asking = ref(false)
  let answer: (leave: boolean) => void = () => undefined
  const decide = (leave: boolean): void => {
    asking.value = false
    answer(leave)
  }
  return {
    asking,
    guard() {
      if (!dirty()) return true
      asking.value = true
      return new Promise<boolean>((resolve) => (answer = resolve))
    },
    stay: () => decide(false),
    go: () => decide(true),
  }
}

/** For a page that is a form: nothing reloads under it while it is half-filled, and it asks before it is left. */
export function useFormPage(dirty: () => boolean): LeaveGuard {
  useDirty(dirty)
  const leave = useLeaveGuard(dirty)
  onBeforeRouteLeave(leave.guard)
  return leave
}
