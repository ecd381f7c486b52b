/** `会用体温计、能开车, 懂急救` as a list, each once. */
export const skillList = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,，、;；\n]/)
      .map((skill) => skill.trim())
      .filter(Boolean),
  ),
]
