import { BlockList, isIPv4 } from 'node:net'
import { hostname, networkInterfaces } from 'node:os'

/** Names and addresses under which phones of this network reach this machine. */
export interface LanNames {
  /** IPv4 first: they are the ones that people can type. */
  ips: string[]
  names: string[]
}

/** Private ranges and loopback: all that our own authority vouches for. RFC 1918, 6598, 4193, 3927, 4291. */
export const privateRanges = [
  '127.0.0.0/8',
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '169.254.0.0/16',
  '100.64.0.0/10',
  '::1/128',
  'fc00::/7',
] as const

/** Endings of names that never belong to anyone on the internet. */
export const privateNames = ['localhost', 'local', 'lan', 'internal', 'home.arpa'] as const

const ranges = new BlockList()
for (const range of privateRanges) {
  const [net = '', bits = '0'] = range.split('/')
  ranges.addSubnet(net, Number(bits), isIPv4(net) ? 'ipv4' : 'ipv6')
}

export const isPrivate = (ip: string): boolean => ranges.check(ip, isIPv4(ip) ? 'ipv4' : 'ipv6')

/** The machine's own private addresses and its names now; loopback is always among them. */
export function lanNames(): LanNames {
  const found = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => !one.internal && isPrivate(one.address))
    .map((one) => one.address)
  const order = (a: string, b: string) => Number(isIPv4(b)) - Number(isIPv4(a)) || (a < b ? -1 : 1)
  const host = hostname()
    .toLowerCase()
    .replace(/\.local$/, '')
  const names = /^[a-z0-9-]{1,63}$/.test(host) ? [`${host}.local`] : []
  return { ips: [...new Set(found)].sort(order).concat('127.0.0.1', '::1'), names: ['localhost', ...names] }
}

/** The machine's own IPv4 addresses that the whole internet may reach. */
export const publicIps = (): string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && !isPrivate(address))
    .map(({ address }) => address)

/** Addresses that a phone can be told: IPv4, not loopback. */
export const reachable = ({ ips }: LanNames): string[] =>
  ips.filter((ip) => isIPv4(ip) && !ip.startsWith('127.'))
