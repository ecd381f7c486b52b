import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { OwnParcel, Relay } from '../../sync/calls.ts'
import { shareFile } from '../../ui/shareFile.ts'

/** `given`: somebody has everything that waited; `none`: nothing waits. */
export type GiveStep = 'reading' | 'show' | 'given' | 'none' | 'failed'

export interface Give {
  step: Ref<GiveStep>
  parcel: ShallowRef<OwnParcel | null>
  /** The other phone has this one: the next, or the end. */
  handed(): Promise<void>
  /** Everything that waits, once more, to the same or another phone. */
  again(): Promise<void>
  asFile(): Promise<void>
}

/** Hands what waits to another phone, one parcel after the other. */
export function useGive(relay: Readonly<ShallowRef<Relay | null>>): Give {
  const step = ref<GiveStep>('reading')
  const parcel = shallowRef<OwnParcel | null>(null)

  async function next(again: boolean, end: GiveStep): Promise<void> {
    try {
      parcel.value = (await relay.value?.pack('frames', again)) ?? null
      step.value = parcel.value ? 'show' : end
    } catch {
      step.value = 'failed'
    }
  }
  watch(relay, (loaded) => loaded && void next(false, 'none'), { immediate: true })

  return {
    step,
    parcel,
    async handed() {
      if (parcel.value) await relay.value?.handed(parcel.value.id)
      await next(false, 'given')
    },
    again: () => next(true, 'none'),
    async asFile() {
      const packed = await relay.value?.pack('file').catch(() => null)
      if (!packed || (await shareFile(packed.file.name, packed.file.text)) === 'cancelled') return
      await relay.value?.handed(packed.id)
      await next(false, 'given')
    },
  }
}
