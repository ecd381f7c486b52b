/**
 * Marks that nobody sees: control characters but line breaks and tabs, halves of characters, marks without width, and
 * those that turn the direction of what follows. Joiners stay: some scripts and signs need them.
 */
const unseen =
  /(?![\n\t])\p{Cc}|\p{Cs}|[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu

/** What was typed or pasted, without what would make a name look empty or turn the rest of its line around. */
export const seenText = (text: string): string => text.replace(unseen, '')
