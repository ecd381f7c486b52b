/**
 * PostgreSQL's text can't hold U+0000, but a line that a broken phone sent may, and is kept word for word. It is
 * written as two characters, the first of which Unicode will never give a meaning (a noncharacter).
 */
const mark = '\uFDD0'
const written = /\uFDD0([01])/g

export const escapeZero = (text: string): string =>
  text.includes('\0') || text.includes(mark)
    ? text.replaceAll(/[\0\uFDD0]/g, (found) => (found === mark ? `${mark}1` : `${mark}0`))
    : text

export const unescapeZero = (text: string): string =>
  text.includes(mark) ? text.replaceAll(written, (_, which) => (which === '1' ? mark : '\0')) : text

/** What is as long as `unescapeZero` of this column, in SQL. */
export const unescaped = (column: string): string =>
  `replace(replace(${column}, E'\\uFDD00', ' '), E'\\uFDD01', E'\\uFDD0')`
