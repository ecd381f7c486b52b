/**
 * Names as people write a list of them: by line, comma, semicolon or 、; in their order, trimmed. Two of one name are two
 * people.
 */
export const splitNames = (text: string): string[] =>
  text
    .split(/[\n,，;；、]+/)
    .map((name) => name.trim().replace(/^\d+[.)、．]\s*/, ''))
    .filter((name) => name !== '')
