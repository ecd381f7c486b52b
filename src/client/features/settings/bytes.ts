const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Bytes in the largest unit that they fill, three digits of it. */
export function bytes(locale: string, n: number): string {
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(1, n)) / Math.log(1000)))
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    maximumSignificantDigits: 3,
  }).format(n / 1000 ** step)
}
