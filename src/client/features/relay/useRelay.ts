import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'
import { useCalls, type Relay, type RelayState } from '../../sync/calls.ts'
import { useLive } from '../../ui/useLive.ts'

export interface RelayHere {
  /** Null until its code and the phone's records were read. */
  relay: ShallowRef<Relay | null>
  state: Readonly<ShallowRef<RelayState | null>>
  /** Its code could not be loaded. */
  failed: ShallowRef<boolean>
}

/** What goes from phone to phone, for as long as the screen lives. */
export function useRelay(): RelayHere {
  const calls = useCalls()
  const relay = shallowRef<Relay | null>(null)
  const failed = shallowRef(false)
  let ended = false
  onScopeDispose(() => (ended = true))
  calls.relay().then(
    (loaded) => {
      if (!ended) relay.value = loaded
    },
    () => (failed.value = true),
  )
  const state = useLive<RelayState | null>(() => relay.value?.state ?? null, null)
  return { relay, state, failed }
}
