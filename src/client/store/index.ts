import { inject, type InjectionKey } from 'vue'
import type { Store } from './types.ts'

export type { CardCheck, Codes, RotatingCheck } from './codes.ts'
export { SaveFailed } from './types.ts'
export type {
  AttentionItem,
  DocQuery,
  HeldLogbook,
  Identity,
  Observable,
  OwnEntry,
  SaveProblem,
  Store,
} from './types.ts'

export const storeKey: InjectionKey<Store> = Symbol('store')

/** The store of this app. To be called in a component's setup. */
export function useStore(): Store {
  const store = inject(storeKey)
  if (!store) throw new Error('no store was provided')
  return store
}
