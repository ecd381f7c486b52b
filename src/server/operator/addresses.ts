import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'
import { lanNames, reachable, type LanNames } from '../tls/addresses.ts'

/** Addresses to print, the one for the set-up link first. */
export interface Addresses {
  first: string
  others: string[]
}

const every = ['0.0.0.0', '::']

/** The address that stands for all of this machine's; without IPv6 the old one. */
export function everywhere(): string {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? [])
  return all.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0'
}

/** How this server can be reached. A browser treats `localhost` as safe without a certificate, so it goes first. */
export function addressesOf(
  { url, host, lan }: Pick<Config, 'url' | 'host' | 'lan'>,
  { port, tls }: { port: number; tls: boolean },
  names: LanNames = lanNames(),
): Addresses {
  const at = (name: string) => originOf(tls, name, port)
  const here = host === undefined || every.includes(host)
  const near = here ? reachable(names).map(at) : []
  const own = at(here ? 'localhost' : host)
  if (url) return { first: url, others: [own, ...near] }
  const [nearest, ...further] = near
  return lan && nearest ? { first: nearest, others: [...further, own] } : { first: own, others: near }
}

export function originOf(tls: boolean, name: string, port: number): string {
  const host = name.includes(':') ? `[${name}]` : name
  return `${tls ? 'https' : 'http'}://${host}${port === (tls ? 443 : 80) ? '' : `:${port}`}`
}
