import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { browserSurroundings } from '../../../platform/surroundings.ts'
import type { Answer, CallProblem } from '../../../sync/calls.ts'

/** What the centre last said. A failed call keeps the value and says so. */
export interface Polled<T> {
  value: ShallowRef<T | null>
  problem: Ref<CallProblem | null>
  reload(): Promise<void>
}

const everyMs = 60_000

/** Asks now, each minute while the page is visible, and when it becomes visible or comes online. */
export function usePolled<T>(ask: () => Promise<Answer<T>>): Polled<T> {
  const value = shallowRef<T | null>(null)
  const problem = ref<CallProblem | null>(null)
  const reload = async (): Promise<void> => {
    const answer = await ask()
    problem.value = answer.ok ? null : answer.problem
    if (answer.ok) value.value = answer.value
  }
  const look = (): void => {
    if (browserSurroundings.visible()) void reload()
  }
  const timer = setInterval(look, everyMs)
  const deaf = browserSurroundings.listen((happening) => {
    if (happening === 'online' || happening === 'visible') look()
  })
  onScopeDispose(() => {
    clearInterval(timer)
    deaf()
  })
  void reload()
  return { value, problem, reload }
}
