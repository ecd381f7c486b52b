import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { logWays, logWhats, type LogFilter } from './filter.ts'

const one = (value: LocationQuery[string] | undefined): string =>
  (Array.isArray(value) ? value[0] : value) ?? ''

const moment = (text: string, otherwise: number): number => {
  const value = Number(text)
  return text !== '' && Number.isSafeInteger(value) ? value : otherwise
}

/** The filter as an address has it, so that a figure's link, a reload and the back button agree. No names in it. */
export function readQuery(query: LocationQuery, day: { from: number; to: number }): LogFilter {
  return {
    gate: one(query['gate']),
    what: logWhats.find((what) => what === query['what']) ?? 'all',
    way: logWays.find((way) => way === query['way']),
    text: '',
    from: moment(one(query['from']), day.from),
    to: moment(one(query['to']), day.to),
  }
}

/** What was searched for stays out of the address. */
export const writeQuery = (filter: LogFilter, day: { from: number; to: number }): LocationQueryRaw => ({
  ...(filter.gate ? { gate: filter.gate } : {}),
  ...(filter.what === 'all' ? {} : { what: filter.what }),
  ...(filter.way ? { way: filter.way } : {}),
  ...(filter.from === day.from ? {} : { from: String(filter.from) }),
  ...(filter.to === day.to ? {} : { to: String(filter.to) }),
})
