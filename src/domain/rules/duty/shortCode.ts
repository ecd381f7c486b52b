/**
 * The code of a post as it is printed and typed: seven random symbols and a check symbol, of an alphabet without
 * letters that look like others (Crockford's base 32). The check finds every single wrong symbol and every two
 * neighbours that changed places, so that a mistyped code is told at once and never means another post.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const dataSymbols = 7
/** What people type for what they see. */
const alike: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1' }

/** Times the generator in GF(32) with x⁵+x²+1: the weight of a symbol grows by it from place to place. */
const timesGenerator = (x: number): number => ((x << 1) & 31) ^ (x & 16 ? 0b00101 : 0)

const weigh = (symbols: string): number =>
  [...symbols].reduce((sum, symbol) => timesGenerator(sum) ^ alphabet.indexOf(symbol), 0)

/** A new code from at least seven random bytes. Two posts with one code are as good as impossible; look all the same. */
export function makeShortCode(random: Uint8Array): string {
  const data = Array.from({ length: dataSymbols }, (_, at) => alphabet[(random[at] ?? 0) & 31]).join('')
  return data + (alphabet[timesGenerator(weigh(data))] ?? '')
}

/** As it is printed and read out: in two groups of four. */
export const groupedCode = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`.trim()

/** What somebody typed as a code is written: upper case, without gaps, look-alikes made good. */
export const plainCode = (typed: string): string =>
  [
    ...typed
      .normalize('NFKC')
      .toUpperCase()
      .replace(/[\s\-–—_.]/g, ''),
  ]
    .map((symbol) => alike[symbol] ?? symbol)
    .join('')

/** The code that was typed, or null where it is none: wrong length, strange symbols, or mistyped. */
export function readShortCode(typed: string): string | null {
  const code = plainCode(typed)
  const whole = code.length === dataSymbols + 1 && [...code].every((symbol) => alphabet.includes(symbol))
  return whole && weigh(code) === 0 ? code : null
}
