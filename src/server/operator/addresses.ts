import { networkInterfaces } from 'node:os'
import type { Config } from '../config.ts'
import { lanNames, publicIps, reachable, type LanNames } from '../tls/addresses.ts'

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
  open: readonly string[] = publicIps(),
): Addresses {
  const at = (name: string) => originOf(tls, name, port)
  const here = host === undefined || every.includes(host)
  // Our own authority vouches for private addresses only.
  const found = lan ? reachable(names) : [...reachable(names), ...open]
  const near = here ? found.map(at) : []
  const own = at(here ? 'localhost' : host)
  if (url) return { first: url, others: [own, ...near] }
  const [nearest, ...further] = near
  return lan && nearest ? { first: nearest, others: [...further, own] } : { first: own, others: near }
}

export function originOf(tls: boolean, name: string, port: number): string {
  const host = name.includes(':') ? `[${name}]` : name
  return `${tls ? 'https' : 'http'}://${host}${port === (tls ? 443 : 80) ? '' : `:${port}`}`
}
