/** A language's texts: namespace, then key. */
export type Catalogue = Record<string, Record<string, string>>

/** `./en/gate.json` → `gate`. */
export const collect = (files: Record<string, Record<string, string>>): Catalogue =>
  Object.fromEntries(
    Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/(.+)\.json$/, '$1'), texts]),
  )
