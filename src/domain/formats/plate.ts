/**
 * Chinese number plates (GA 36 as commonly cited). A plate that fits no row is still logged: military, foreign
 * and hand-painted plates exist, and a barrier does not argue.
 */
export const provinces = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'
const digits = '0123456789'
/** Without I and O, which are read as 1 and 0. */
export const plateLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const any = plateLetters + digits
/** The letters that mark new energy: pure electric A–E, others F–K. */
const energy = 'ABCDEFGHJK'

export const plateKinds = [
  'ordinary',
  'newEnergySmall',
  'newEnergyLarge',
  'police',
  'trailer',
  'school',
  'hongKongMacau',
  'embassy',
  'consulate',
] as const
export type PlateKind = (typeof plateKinds)[number]

interface Pattern {
  kind: PlateKind
  /** The characters possible at each position. */
  classes: readonly string[]
  /** How many letters may stand behind the first two characters. */
  maxLetters: number
}

const times = (n: number, chars: string): string[] => Array.from({ length: n }, () => chars)
const local = [provinces, plateLetters]

const patterns: readonly Pattern[] = [
  { kind: 'ordinary', classes: [...local, ...times(5, any)], maxLetters: 2 },
  { kind: 'newEnergySmall', classes: [...local, energy, any, ...times(4, digits)], maxLetters: 2 },
  { kind: 'newEnergyLarge', classes: [...local, ...times(5, digits), energy], maxLetters: 1 },
  { kind: 'police', classes: [...local, ...times(4, any), '警'], maxLetters: 2 },
  { kind: 'trailer', classes: [...local, ...times(4, any), '挂'], maxLetters: 2 },
  { kind: 'school', classes: [...local, ...times(4, any), '学'], maxLetters: 2 },
  { kind: 'hongKongMacau', classes: ['粤', 'Z', ...times(4, any), '港澳'], maxLetters: 4 },
  { kind: 'embassy', classes: [...times(6, digits), '使'], maxLetters: 0 },
  { kind: 'embassy', classes: ['使', ...times(6, digits)], maxLetters: 0 },
  { kind: 'consulate', classes: [provinces, ...times(5, digits), '领'], maxLetters: 0 },
]

/** `京a·12345`, `京Ａ 12345` → `京A12345`. */
export const normalisePlate = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•・‧.-]+/g, '')

function begins(pattern: Pattern, chars: readonly string[]): boolean {
  if (chars.length > pattern.classes.length) return false
  const letters = chars.slice(2).filter((c) => plateLetters.includes(c)).length
  return letters <= pattern.maxLetters && chars.every((c, i) => pattern.classes[i]?.includes(c) === true)
}

/** The kind of plate a whole text is; null = none that is known, which is a warning and never a refusal. */
export function classifyPlate(text: string): PlateKind | null {
  const chars = [...normalisePlate(text)]
  return patterns.find((p) => p.classes.length === chars.length && begins(p, chars))?.kind ?? null
}

/** `甘FD2107` → `甘F·D2107`; what is not a local plate stays as it is. */
export const showPlate = (plate: string): string => {
  const text = normalisePlate(plate)
  return local.every((chars, i) => chars.includes(text[i] ?? ' ')) && text.length > 2
    ? `${text.slice(0, 2)}·${text.slice(2)}`
    : text
}

export interface PlateTyping {
  /** Characters that lead on to some plate. Others may still be typed: nothing is blocked. */
  next: ReadonlySet<string>
  /** What the text is now, where it is whole. */
  kind: PlateKind | null
  /** What it most likely becomes: new energy once its mark was typed, else ordinary; null = no known plate. */
  likely: PlateKind | null
  /** Characters missing for `likely`. */
  missing: number
}

/** What the plate keyboard may offer after the text typed so far. */
export function typePlate(text: string): PlateTyping {
  const chars = [...normalisePlate(text)]
  const open = patterns.filter((p) => begins(p, chars))
  const next = new Set<string>()
  for (const pattern of open) {
    for (const c of pattern.classes[chars.length] ?? '') if (begins(pattern, [...chars, c])) next.add(c)
  }
  const marked = 'DF'.includes(chars[2] ?? ' ') || chars.length === 8
  const likely =
    open.find((p) => marked && p.kind === 'newEnergySmall') ??
    open.find((p) => p.classes.length >= chars.length) ??
    null
  return {
    next,
    kind: classifyPlate(text),
    likely: likely?.kind ?? null,
    missing: likely ? likely.classes.length - chars.length : 0,
  }
}
