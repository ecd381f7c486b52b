const mobile = /^(?:\+?86)?(1[3-9]\d{9})$/

const bare = (text: string): string => text.normalize('NFKC').replace(/[\s()\-–—]+/g, '')

/** A mainland mobile number as eleven digits; null where it is none. */
export const parseMobile = (text: string): string | null => mobile.exec(bare(text))?.[1] ?? null

/** What a call button dials; null for masked or unreadable numbers, which nobody can call. */
export const dialable = (text: string): string | null => {
  const number = bare(text)
  return /^\+?\d{3,20}$/.test(number) ? number : null
}

/** Is this a part of the number, however either is written? */
export function phoneFits(query: string, phone: string | undefined): boolean {
  const asked = bare(query)
  return asked !== '' && bare(phone ?? '').includes(asked)
}
