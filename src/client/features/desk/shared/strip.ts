import type { RouteLocationRaw } from 'vue-router'
import type { Signal } from '../../../ui/kinds.ts'

export interface StripFigure {
  label: string
  /** Null = no data. */
  value: string | null
  sub?: string | undefined
  kind?: Signal | undefined
  to?: RouteLocationRaw | undefined
}

/** A count that wants a hand as soon as it is not zero. */
export const signalOf = (count: number, kind: Signal): Signal | undefined => (count > 0 ? kind : undefined)
