/** Zones that are surely those of a device that was never set up. */
const unset = ['UTC', 'Etc/UTC', 'Etc/GMT', 'GMT', '']

/** The device's own zone; Asia/Shanghai where it has none. */
export const defaultZone = (): string => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone
  return unset.includes(own) ? 'Asia/Shanghai' : own
}

export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}
