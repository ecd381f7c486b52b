/** Names as people write a list of them: by line, comma, semicolon or 、; each once, in their order, trimmed. */
export const splitNames = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,，;；、]+/)
      .map((name) => name.trim().replace(/^\d+[.)、．]\s*/, ''))
      .filter((name) => name !== ''),
  ),
]
