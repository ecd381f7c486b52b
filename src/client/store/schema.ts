/**
 * The tables of each version of the phone's database, in order. A published version is never changed; a new one is
 * appended with the step from the one before, and its test starts from that one's data.
 */
export interface SchemaStep {
  version: number
  /** Dexie's notation: primary key first, then indexes. */
  tables: Record<string, string | null>
}

export const schemaSteps: readonly SchemaStep[] = [
  {
    version: 1,
    tables: {
      own: '++n, [logbook+at]',
      pages: 'p, sent, sentAt',
      segments: '[logbook+from], [logbook+to], [logbook+from+count], [logbook+lastAt], arrivedAt',
      records: '[kind+id], [logbook+kind], *look, waits',
      cursors: 'logbook',
      attention: 'n',
      unread: '++k, logbook',
      keys: 'install',
      meta: 'key',
      prefs: 'key',
    },
  },
  // What goes from phone to phone where there is no network.
  {
    version: 2,
    tables: { relayed: 'id', carried: 'id, state', frames: '[transfer+n], at' },
  },
  // Everything of a guard who is not at the gate of a shared phone, sealed.
  {
    version: 3,
    tables: { vault: 'part' },
  },
  // What a board worked out, so that the next start shows it without reading everything again.
  { version: 4, tables: { kept: 'logbook' } },
  // What is past its time is found without reading it: a day's board is a megabyte.
  { version: 5, tables: { kept: 'logbook, at' } },
]

export const schemaVersion = schemaSteps.at(-1)?.version ?? 0
