/** One line of an export by column; numbers stay numbers so that a spreadsheet can reckon with them. */
export type Cells = Readonly<Record<string, string | number | undefined>>

/** What a table is called, and its columns in order with the heading of each. */
export interface Sheet {
  file: string
  columns: readonly { key: string; heading: string }[]
}

/** Columns with their headings, in order. */
export const sheetOf = <C extends string>(
  file: string,
  columns: readonly C[],
  headings: Readonly<Record<C, string>>,
): Sheet => ({ file, columns: columns.map((key) => ({ key, heading: headings[key] })) })
