import type { RouteLocationRaw } from 'vue-router'
import type { IconName } from './icons.ts'

export interface NavItem {
  to: RouteLocationRaw
  label: string
  icon: IconName
  /** Where this place is shown as the present one, too: paths, with all that lies below them. */
  holds?: readonly string[]
  /** A count that waits for somebody; 0 or absent shows none. */
  badge?: string | undefined
}

export const holds = ({ holds = [] }: NavItem, path: string): boolean =>
  holds.some((one) => path === one || path.startsWith(`${one}/`))
