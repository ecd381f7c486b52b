import { computed, type ComputedRef } from 'vue'
import type { Option } from '../../../ui/kinds.ts'
import { useTown } from './town.ts'

/** Where a role can be held or a post stands: the whole community, or one compound. */
export function usePlaceOptions(): ComputedRef<Option[]> {
  const town = useTown()
  return computed(() =>
    [...(town.community.value ? [town.community.value] : []), ...town.compounds.value].map((place) => ({
      value: place.id,
      label: place.body.name,
    })),
  )
}
