/** Below and above these a thermometer is likelier wrong than the person: warm it and measure again. °C. */
export const plausible = { from: 35.0, to: 42.0 } as const

const tenths = (celsius: number): number => Math.round(celsius * 10)

/** Fever is *above* the threshold, not at it. */
export const isFever = (celsius: number, feverAbove: number): boolean => tenths(celsius) > tenths(feverAbove)

/** Thermometers misread near freezing; such a value is asked for again, and kept when it is confirmed. */
export const isImplausible = (celsius: number): boolean =>
  tenths(celsius) < tenths(plausible.from) || tenths(celsius) > tenths(plausible.to)
