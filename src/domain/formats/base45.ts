/** Base45 (RFC 9285): bytes as symbols that a QR code packs densely. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

const symbols = (value: number, count: number): string => {
  let [text, rest] = ['', value]
  for (let n = 0; n < count; n++) {
    text += alphabet[rest % 45] ?? ''
    rest = Math.floor(rest / 45)
  }
  return text
}

export function toBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const [high = 0, low] = [bytes[at], bytes[at + 1]]
    text += low === undefined ? symbols(high, 2) : symbols(high * 256 + low, 3)
  }
  return text
}

/** Null where the text is none: strange symbols, an odd rest, or a group that is more than its bytes can hold. */
export function fromBase45(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length % 3 === 1) return null
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const group = [...text.slice(at, at + 3)].map((symbol) => alphabet.indexOf(symbol))
    if (group.includes(-1)) return null
    const value = group.reduceRight((sum, symbol) => sum * 45 + symbol, 0)
    if (value > (group.length === 3 ? 0xffff : 0xff)) return null
    bytes.push(...(group.length === 3 ? [value >> 8, value & 255] : [value]))
  }
  return new Uint8Array(bytes)
}
