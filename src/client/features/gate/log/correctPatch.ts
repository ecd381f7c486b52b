import { homeKey } from '../../../../domain/formats/home.ts'
import { normalisePlate } from '../../../../domain/formats/plate.ts'
import type { Passage } from '../../../../domain/kinds/passage.ts'
import { isFever } from '../../../../domain/rules/temperature.ts'
import type { Purpose } from '../form.ts'

/** What of a passage may be corrected, as the form holds it; an empty text is no value. */
export interface Corrections {
  way: Passage['way']
  home: string
  name: string
  plate: string
  heads: number
  purpose: Purpose | undefined
  celsius: string
  decision: Passage['decision']
}

export const correctionsOf = (body: Passage): Corrections => ({
  way: body.way,
  home: body.home ?? '',
  name: body.name ?? '',
  plate: body.plate ?? '',
  heads: body.heads ?? 1,
  purpose: body.purpose,
  celsius: body.celsius?.toFixed(1) ?? '',
  decision: body.decision,
})

const degrees = (text: string): number | null => {
  const value = Number(text.normalize('NFKC').replace(',', '.'))
  return text.trim() !== '' && Number.isFinite(value) ? Math.round(value * 10) / 10 : null
}

/** Is the temperature readable? An empty one is: it takes the value away. */
export const celsiusReads = (text: string): boolean => {
  const value = degrees(text)
  return text.trim() === '' || (value !== null && value >= 20 && value <= 50)
}

/** What the rules would have advised with the right temperature. */
function adviceWith(body: Passage, celsius: number | null, feverAbove: number): Passage['advice'] | null {
  const others = (body.advice ?? []).filter((reason) => reason !== 'fever')
  const advice = celsius !== null && isFever(celsius, feverAbove) ? ['fever' as const, ...others] : others
  return advice.length > 0 ? advice : null
}

/**
 * The changed fields as a correction's patch; null takes a field away. Empty: nothing was changed. What follows from a
 * field goes with it: a fever with the temperature, the reason of a refusal with the refusal.
 */
export function correctionPatch(
  body: Passage,
  now: Corrections,
  feverAbove: number,
): Record<string, unknown> {
  const next: Record<string, unknown> = {
    way: now.way,
    home: now.home.trim() ? homeKey(now.home) : null,
    name: now.name.trim() || null,
    plate: now.plate.trim() ? normalisePlate(now.plate) : null,
    heads: now.heads > 1 ? now.heads : null,
    purpose: now.purpose ?? null,
    celsius: degrees(now.celsius),
    decision: now.decision,
  }
  // The household was found by the home; another home makes it wrong.
  if (next['home'] !== (body.home ?? null) && body.household) next['household'] = null
  if (body.reason && now.decision === 'admit') next['reason'] = null
  const advice = adviceWith(body, degrees(now.celsius), feverAbove)
  const wasFever = body.advice?.includes('fever') === true
  if (next['celsius'] !== (body.celsius ?? null) && wasFever !== (advice?.includes('fever') === true))
    next['advice'] = advice
  const was: Record<string, unknown> = body
  const same = (field: string): boolean =>
    (next[field] ?? null) === (was[field] ?? null) || (field === 'heads' && now.heads === (body.heads ?? 1))
  return Object.fromEntries(Object.entries(next).filter(([field]) => !same(field)))
}
