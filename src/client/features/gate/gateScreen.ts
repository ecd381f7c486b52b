import { inject, type InjectionKey } from 'vue'
import type { GateBook } from './book/gateBook.ts'
import type { Decide } from './useDecide.ts'
import type { GateForm } from './useGateForm.ts'
import type { Scanned } from './who/useScanned.ts'
import type { HomePad } from './who/useHomePad.ts'
import type { PlatePad } from './who/usePlatePad.ts'

/** What the parts of the gate's one screen share. */
export interface GateScreen {
  book: GateBook
  gateForm: GateForm
  decide: Decide
  homePad: HomePad
  platePad: PlatePad
  scanned: Scanned
}

export const gateScreenKey: InjectionKey<GateScreen> = Symbol('gateScreen')

export function useGateScreen(): GateScreen {
  const screen = inject(gateScreenKey)
  if (!screen) throw new Error('not on the gate screen')
  return screen
}
