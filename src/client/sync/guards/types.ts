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

/** `waitMs`: before the next try; `failed`: the storage did not answer, or what it gave was altered. */
export type Opened = { is: 'open' } | { is: 'wrong' | 'wait'; waitMs: number } | { is: 'failed' }

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
  /** So many ms of a wait were waited with the app open. */
  waited(db: string, ms: number): Promise<void>
  /** Locks who is at the gate; the app is loaded anew for nobody. False: it could not be sealed, and is only out of sight. */
  lock(): Promise<boolean>
  /**
   * At the start, before anything is shown: locks where the phone was switched off meanwhile. False: the app is being
   * loaded anew.
   */
  begin(): Promise<boolean>
}
