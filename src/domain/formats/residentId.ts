const shape = /^[1-9]\d{5}(18|19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX]$/
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

const plain = (text: string): string => text.normalize('NFKC').replace(/\s+/g, '').toUpperCase()

const realDate = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** Is this a resident identity number (GB 11643): shape, a date that exists, check digit? */
export function isResidentId(text: string): boolean {
  const number = plain(text)
  if (!shape.test(number)) return false
  const at = (from: number, to: number) => Number(number.slice(from, to))
  if (!realDate(at(6, 10), at(10, 12), at(12, 14))) return false
  const sum = weights.reduce((total, weight, i) => total + weight * Number(number[i]), 0)
  return '10X98765432'[sum % 11] === number[17]
}

/** The last four characters, which serve at a gate; the number itself is not to be stored. */
export const lastFour = (text: string): string => plain(text).slice(-4)
