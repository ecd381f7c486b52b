import { sql } from 'kysely'

export type Dialect = 'sqlite' | 'postgres'

/** Compared byte by byte whatever the language of the database, as SQLite does: order is the same everywhere. */
export const textOf = (dialect: Dialect) => (dialect === 'sqlite' ? 'text' : sql`text collate "C"`)
export type Text = ReturnType<typeof textOf>
