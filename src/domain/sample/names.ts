import type { Dice } from './random.ts'

/**
 * Names that nobody takes for real people: every one says 示例 or 样本 (sample). Phone numbers begin with zeros,
 * so that a call button rings nowhere; plates use 甘Z, which is not issued.
 */
const surnames = [...'赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张']
const stems = [...'甲乙丙丁戊己庚辛壬癸']

const at = (list: readonly string[], index: number): string => list[index % list.length] ?? ''

/** Unique for the first 240 indexes. */
export const memberName = (index: number): string =>
  `${at(surnames, index)}样本${at(stems, Math.floor(index / surnames.length))}`

export const residentName = (dice: Dice, surname: number): string =>
  `${at(surnames, surname)}示例${at(stems, dice.between(0, stems.length - 1))}`

export const anySurname = (dice: Dice): number => dice.between(0, surnames.length - 1)

export const samplePhone = (index: number): string => String(index).padStart(11, '0')

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** An ordinary plate, or one of a small new-energy car. */
export function samplePlate(dice: Dice): string {
  const digits = (count: number) => String(dice.between(0, 10 ** count - 1)).padStart(count, '0')
  if (dice.chance(0.3)) return `甘ZD${digits(5)}`
  return `甘Z${letters.charAt(dice.between(0, letters.length - 1))}${digits(4)}`
}
