export const dutyTables = ['checkIns', 'hours', 'unitSignIns'] as const
export type DutyTable = (typeof dutyTables)[number]

/** Minutes in four columns: what is confirmed or waits for a word, and was measured or written by hand. */
const minutes = ['confirmedSystem', 'confirmedHand', 'openSystem', 'openHand'] as const

export const dutyColumns = {
  checkIns: [
    ...(['date', 'activity', 'post', 'place', 'name', 'unit', 'came', 'left', 'ended', 'turn'] as const),
    'instead',
    ...minutes,
    ...(['strength', 'way', 'witnesses', 'note', 'corrected', 'cameFirst', 'leftFirst'] as const),
    'recorder',
    'clock',
  ],
  hours: ['name', 'person', 'days', 'stays', ...minutes, 'unknown'],
  unitSignIns: [
    ...(['date', 'time', 'unit', 'parent', 'post', 'named', 'heads', 'names', 'way', 'note'] as const),
    ...(['corrected', 'headsFirst', 'recorder', 'clock'] as const),
  ],
} as const

type Column<T extends DutyTable> = (typeof dutyColumns)[T][number]

export interface TableWords<T extends DutyTable> {
  /** Name of the file and of the sheet: a record of this platform, never a certificate. */
  file: string
  columns: (typeof dutyColumns)[T]
  headings: Readonly<Record<Column<T>, string>>
}

/** Words of the duty exports: headings, and the values that are codes, as `group.code`. */
export interface DutyWords {
  tables: { readonly [T in DutyTable]: TableWords<T> }
  values: Readonly<Record<string, string>>
}
