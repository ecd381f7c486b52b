/** What is there of these, with a dot between: a line that breaks does so after a dot, so that none begins with one. */
export const dotted = (parts: readonly (string | undefined)[]): string =>
  parts.filter(Boolean).join('\u00a0· ')
