/**
 * One form to compare and search by: full-width as half-width, upper as lower case, without spaces and middle
 * dots. Hyphens stay, since they part a home's numbers.
 */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•・‧]+/g, '')

const numerals = '零一二三四五六七八九'

/** `十二` → `12`, `三` → `3`, `二十` → `20`: the numbers that people write for buildings and units, up to 99. */
export function fromNumerals(text: string): string {
  return text.replace(/[零〇一二三四五六七八九十]+/g, (run) => {
    const plain = run.replaceAll('〇', '零')
    if (!plain.includes('十')) return [...plain].map((c) => numerals.indexOf(c)).join('')
    const [tens = '', ones = ''] = plain.split('十')
    const of = (c: string, none: number): number => (c ? numerals.indexOf(c) : none)
    return String(of(tens, 1) * 10 + of(ones, 0))
  })
}
