const hourMs = 3_600_000

/** Without contact for this long, pulled personal data leaves a phone that is off duty. */
export const leaseOffDutyMs = 24 * hourMs
/** The same for a phone on duty. */
export const leaseOnDutyMs = 7 * 24 * hourMs
/** Whoever logged an entry within this time is taken to be on duty; there is no roster to ask. */
export const onDutyForMs = 7 * 24 * hourMs

export interface LeaseState {
  /** Device time, ms. */
  now: number
  /** Device time of the last contact with the centre, ms. */
  contactAt: number
  /** Device time of the last entry that this phone logged itself, ms; null = none. */
  loggedAt: number | null
}

/** A device's clock may have been set either way since: what lies ahead is as far as what lies behind. */
const between = (a: number, b: number): number => Math.abs(a - b)

/** How long pulled personal data stays readable after the last contact, ms. */
export const leaseMs = ({ now, loggedAt }: Omit<LeaseState, 'contactAt'>): number =>
  loggedAt !== null && between(now, loggedAt) <= onDutyForMs ? leaseOnDutyMs : leaseOffDutyMs

/** Is personal data that was pulled no longer to be readable? Never asked of a phone's own unsent entries. */
export const isLeaseOver = (state: LeaseState): boolean =>
  between(state.now, state.contactAt) >= leaseMs(state)
