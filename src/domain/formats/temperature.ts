/** The wholes that the pad shows first, and those behind its "more" key. °C. */
export const usualWholes = [35, 36, 37, 38, 39] as const
export const rareWholes = [33, 34, 40, 41, 42] as const

/** A temperature being put in: a whole and a tenth, two taps. */
export interface Typed {
  whole: number | null
  tenth: number | null
}

export const nothingTyped: Typed = { whole: null, tenth: null }

/** A new whole begins a new value: a tenth never stays from the one before. */
export const tapWhole = (whole: number): Typed => ({ whole, tenth: null })

/** A tenth without a whole is not a value yet and changes nothing. */
export const tapTenth = (typed: Typed, tenth: number): Typed =>
  typed.whole === null ? typed : { ...typed, tenth }

export const tapBack = (typed: Typed): Typed =>
  typed.tenth === null ? nothingTyped : { ...typed, tenth: null }

/** °C with one decimal; null until both taps were made. Reckoned in tenths so that 36.1 is 36.1. */
export const typedCelsius = ({ whole, tenth }: Typed): number | null =>
  whole === null || tenth === null ? null : Math.round(whole * 10 + tenth) / 10

/** The same by a keyboard: `3`, `6`, `5` is 36.5. `digitsSoFar` are the digits of the whole being typed. */
export function typeDigit(
  typed: Typed,
  digitsSoFar: string,
  digit: number,
): { typed: Typed; digits: string } {
  if (typed.whole !== null && typed.tenth === null) return { typed: tapTenth(typed, digit), digits: '' }
  const digits = `${digitsSoFar}${digit}`
  return digits.length === 2
    ? { typed: tapWhole(Number(digits)), digits: '' }
    : { typed: nothingTyped, digits }
}
