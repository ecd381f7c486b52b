import { computed, type ComputedRef } from 'vue'
import { compare } from '../../../../domain/places.ts'
import type { Option } from '../../../ui/kinds.ts'
import { useTown } from './town.ts'

/** Where a role can be held or a post stands: the whole community, or one compound; a post also in one building. */
export function usePlaceOptions(buildings: () => boolean = () => false): ComputedRef<Option[]> {
  const town = useTown()
  const within = (compound: Option): Option[] =>
    town.places.value
      .filter(({ body }) => body.level === 'building' && body.parent === compound.value)
      .map(({ id, body }) => ({ value: id, label: `${compound.label} · ${body.name}` }))
      .sort((a, b) => compare(a.label, b.label))
  return computed(() =>
    [...(town.community.value ? [town.community.value] : []), ...town.compounds.value]
      .map((place) => ({ value: place.id, label: place.body.name }))
      .flatMap((place) => (buildings() ? [place, ...within(place)] : [place])),
  )
}
