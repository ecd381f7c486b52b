import { shallowRef, type ShallowRef } from 'vue'
import { useCalls, type Guards, type GuardsState } from '../../sync/calls.ts'

export interface GuardsOnScreen {
  guards: Promise<Guards>
  /** Null until it was read. */
  state: ShallowRef<GuardsState | null>
  refresh(): Promise<void>
}

/** Who uses this phone, as a screen shows it. */
export function useGuards(): GuardsOnScreen {
  const guards = useCalls().guards()
  const state = shallowRef<GuardsState | null>(null)
  const refresh = async (): Promise<void> => void (state.value = await (await guards).state())
  void refresh().catch(() => undefined)
  return { guards, state, refresh }
}
