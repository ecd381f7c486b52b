import { computed, type ComputedRef } from 'vue'
import type { Doc } from '../../../../domain/entry.ts'
import { homeKey } from '../../../../domain/formats/home.ts'
import { indexHomes, type KnownHome } from '../../../../domain/formats/homeIndex.ts'
import { normalisePlate } from '../../../../domain/formats/plate.ts'
import type { RecordId } from '../../../../domain/ids.ts'
import type { Household } from '../../../../domain/kinds/household.ts'
import { logbookId } from '../../../../domain/logbooks.ts'
import type { Store } from '../../../store/index.ts'
import { useLive } from '../../../ui/useLive.ts'
import type { Gate } from './gates.ts'

export interface Homes {
  /** They were read from the phone; before that every map is empty. */
  read: ComputedRef<boolean>
  /** For the pad, in natural order. */
  index: ComputedRef<KnownHome[]>
  byId: ComputedRef<ReadonlyMap<RecordId, Household>>
  /** By the key of the home and by plate. */
  byKey: ComputedRef<ReadonlyMap<string, RecordId>>
  byPlate: ComputedRef<ReadonlyMap<string, RecordId>>
}

/** The homes behind a gate, live from the phone's own store. */
export function useHomes(store: Store, gate: ComputedRef<Gate | null>): Homes {
  const compound = computed(() => gate.value?.compound)
  const stored = useLive<Doc<Household>[] | null>(
    () =>
      compound.value ? store.watchDocs('household', { logbook: logbookId('homes', compound.value) }) : null,
    null,
  )
  const docs = computed(() => stored.value ?? [])
  return {
    read: computed(() => stored.value !== null),
    index: computed(() => indexHomes(docs.value.map(({ id, body }) => ({ id, home: body.home })))),
    byId: computed(() => new Map(docs.value.map(({ id, body }) => [id, body]))),
    byKey: computed(() => new Map(docs.value.map(({ id, body }) => [homeKey(body.home), id]))),
    byPlate: computed(
      () =>
        new Map(
          docs.value.flatMap(({ id, body }) => (body.plates ?? []).map((p) => [normalisePlate(p), id])),
        ),
    ),
  }
}
