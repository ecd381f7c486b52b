import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from './icons.ts'

export interface NavItem {
  to: RouteLocationRaw
  label: string
  icon: IconName
  /** A count that waits for somebody; 0 or absent shows none. */
  badge?: string | undefined
}
