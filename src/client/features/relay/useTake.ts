import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { vibrate } from '../../platform/vibration.ts'
import { keepAwake } from '../../platform/wakeLock.ts'
import type { Collector, Relay, Taken } from '../../sync/calls.ts'

export interface Take {
  /** How much of what is before the camera is there, 0 to 1. */
  share: Ref<number>
  taken: ShallowRef<Taken | null>
  /** A code was seen, by the camera. True once it was the last one needed. */
  seen(text: string): Promise<boolean>
  file(file: File): Promise<void>
  again(): void
}

const isGood = ({ what }: Taken): boolean => what === 'parcel' || what === 'receipt'

/** Takes in what another phone shows, or gives as a file. */
export function useTake(relay: Readonly<ShallowRef<Relay | null>>): Take {
  const share = ref(0)
  const taken = shallowRef<Taken | null>(null)
  let collector: Collector | null = null
  onScopeDispose(keepAwake())

  function end(result: Taken): void {
    taken.value = result
    vibrate(isGood(result) ? 'admit' : 'ask')
  }
  return {
    share,
    taken,
    async seen(text) {
      collector ??= relay.value?.collect() ?? null
      const collected = (await collector?.add(text).catch(() => null)) ?? null
      if (taken.value || !collected) return taken.value !== null
      share.value = collected.share
      if (collected.taken) end(collected.taken)
      return collected.taken !== null
    },
    async file(file) {
      const text = await file.text().catch(() => '')
      const result = await relay.value?.takeText(text).catch(() => null)
      end(result ?? { what: 'unreadable' })
    },
    again() {
      taken.value = null
      share.value = 0
      collector = null
    },
  }
}
