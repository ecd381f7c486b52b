/** A guard of a shared phone, as the screen shows them. */
export interface GuardInfo {
  db: string
  /** Masked. */
  name: string
  /** At the gate now, with nothing locked. */
  here: boolean
  /** False: enrolled, and about to choose a PIN. */
  pinned: boolean
  /** Entries that the centre does not have yet; not known of who is at the gate. */
  waiting: number
  /** Not at the gate, and yet not sealed: there was no room for it, or the storage did not answer. */
  unsealed: boolean
  /** Device time when last at the gate, ms. */
  at: number
  /** Still to be waited before the next try at the PIN, ms. */
  waitMs: number
}

export interface GuardsState {
  shared: boolean
  /** In the order of who was at the gate last. */
  guards: GuardInfo[]
}

/** A PIN that opens nothing. `waitMs`: before the next try; `failed`: the storage did not answer, or what it gave was altered. */
export type Refused = { is: 'wrong' | 'wait'; waitMs: number } | { is: 'failed' }

export type Opened = { is: 'open' } | Refused

/** `choose`: another PIN takes the place of the one that was right. The old one opens until it is `set`. */
export type Proved = { is: 'right'; choose(pin: string): Promise<PinSet> } | Refused

/** `no-contact`: the centre must have been reached once, so that what is unsent can be sealed to it. */
export type PinSet = 'set' | 'no-contact' | 'failed'

/**
 * Several guards on one phone, each with an install and a database of their own behind a PIN. None of the calls throws.
 */
export interface Guards {
  state(): Promise<GuardsState>
  /** Makes the phone a shared one with the first. */
  setPin(pin: string): Promise<PinSet>
  /** Locks whoever is at the gate and opens this guard's; `open`: the app is being loaded anew. */
  open(db: string, pin: string): Promise<Opened>
  /** The PIN of whoever is at the gate, before another one is chosen. A try like any other. */
  prove(pin: string): Promise<Proved>
  /**
   * Lets the wait after wrong tries pass while the app is open, once however many tabs are. `tell`: what is left, ms; 0
   * once, at the end. The answer ends it for this tab.
   */
  wait(db: string, tell: (leftMs: number) => void): () => void
  /**
   * Locks who is at the gate; the app is loaded anew for nobody. False: it could not be sealed, and is only out of sight,
   * or the storage did not answer at all, and everything stays as it is.
   */
  lock(): Promise<boolean>
  /**
   * At the start, before anything is shown: locks where the phone was switched off meanwhile. False: the app is being
   * loaded anew.
   */
  begin(): Promise<boolean>
}
