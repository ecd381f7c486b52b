type Body = Record<string, unknown>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/**
 * Those of the form's fields that differ, as a document's patch has them: a field that is gone is null. What was
 * not touched, and what the form does not know, is left out, so that somebody else's edit of it stands.
 */
export const patchOf = (before: Body, after: Body, fields: readonly string[]): Body =>
  Object.fromEntries(fields.filter((f) => !same(before[f], after[f])).map((f) => [f, after[f] ?? null]))
