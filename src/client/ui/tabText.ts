/** Em that a sign takes at most in bold: a Chinese one is square, Latin ones are narrower. */
const emOf = (sign: string): number => ((sign.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.64)
const widthOf = (text: string): number => [...text].reduce((sum, sign) => sum + emOf(sign), 0)
/** Chinese words of more signs may break in the middle. */
const unbroken = 3

/** The widest line, em, and how many lines the labels of a bar take where each word stands on one of its own, at most two. */
export function tabText(labels: readonly string[]): { em: number; lines: 1 | 2 } {
  const lines = labels.map((label) =>
    label.split(/\s+/).flatMap((word) => {
      const signs = [...word]
      if (signs.length <= unbroken || emOf(word) < 1) return [word]
      const half = Math.ceil(signs.length / 2)
      return [signs.slice(0, half).join(''), signs.slice(half).join('')]
    }),
  )
  return {
    em: Math.max(1, ...lines.flat().map(widthOf)),
    lines: lines.some(({ length }) => length > 1) ? 2 : 1,
  }
}
