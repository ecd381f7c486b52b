import { fold, fromNumerals } from './text.ts'

/** What people put between the numbers of a home, in Chinese and in English; each counts as a hyphen. */
const between =
  /号楼|號樓|单元|單元|building|bldg\.?|unit|room|apt\.?|[期区區栋棟幢座楼樓门門梯室号號房户戶,，、/#_\-‐-―−]+/g

const part = /^[A-Z0-9]{1,6}$/

const withoutZeros = (text: string): string => text.replace(/^0+(?=\d)/, '')

/**
 * The numbers of a home, widest first: `3-2-501`, `3号楼2单元501室`, `３栋２单元５０１` and `三号楼二单元501` are all
 * `['3', '2', '501']`. Null where the text is not made of numbers (a name, a shop).
 */
export function parseHome(text: string): string[] | null {
  const plain = fromNumerals(fold(text)).replace(between, '-').toUpperCase()
  const parts = plain
    .split('-')
    .filter((p) => p !== '')
    .map(withoutZeros)
  if (parts.length < 1 || parts.length > 4) return null
  if (!parts.every((p) => part.test(p)) || !/\d/.test(parts.at(-1) ?? '')) return null
  return parts
}

/** The one form by which homes are compared: `3-2-501`; a text that is no home is only folded. */
export const homeKey = (text: string): string => parseHome(text)?.join('-') ?? fold(text)
