import type { RouteLocationRaw } from 'vue-router'
import type { Entry } from '../../../domain/entry.ts'

/** Where an entry of this kind can be corrected; null where only the coordinator can help. */
export function fixRoute(entry: Entry): RouteLocationRaw | null {
  switch (entry.kind) {
    case 'passage':
    case 'reading':
      return { path: '/gate/log', query: { entry: entry.id } }
    case 'correction':
      return typeof entry.body['target'] === 'string'
        ? { path: '/gate/log', query: { entry: entry.body['target'] } }
        : null
    case 'handover':
    case 'handoverConfirmed':
      return { path: '/gate/handover' }
    case 'place':
    case 'post':
    case 'household':
      return { path: '/desk/places', query: { record: entry.record ?? entry.id } }
    case 'member':
      return { path: '/desk/people' }
    default:
      return null
  }
}
