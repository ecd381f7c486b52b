/** Columns of the gate logbook's export, in order. */
export const columns = [
  'date',
  'time',
  'gate',
  'kind',
  'way',
  'how',
  'home',
  'name',
  'plate',
  'heads',
  'purpose',
  'celsius',
  'code',
  'decision',
  'reason',
  'advice',
  'note',
  'corrected',
  'original',
  'by',
  'clock',
] as const
export type Column = (typeof columns)[number]

/** One line of the export; numbers stay numbers so that a sheet can reckon with them. */
export type Row = Readonly<Partial<Record<Column, string | number>>>
