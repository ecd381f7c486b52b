import { X509Certificate } from 'node:crypto'
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LanNames } from './addresses.ts'
import { makeAuthority, makeServer, type Pair } from './authority.ts'

/** A server certificate is made anew this long before its end. */
const renewBeforeMs = 30 * 86_400_000

export interface LanTls {
  authority: Pair
  server: Pair
}

/**
 * Certificates for this network, kept in `folder` with keys that only the owner reads. The authority stays as long
 * as it is valid: phones trust it. The server's certificate is renewed when addresses change or its end is near.
 * `now`: ms.
 */
export async function lanTls(folder: string, names: LanNames, now: number): Promise<LanTls> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const kept = await readPair(folder, 'ca')
  const authority = kept && lasts(kept, now) ? kept : await writePair(folder, 'ca', await makeAuthority(now))
  const old = await readPair(folder, 'server')
  const good = old && lasts(old, now) && covers(old, names) && issued(authority, old)
  return {
    authority,
    server: good ? old : await writePair(folder, 'server', await makeServer(authority, names, now)),
  }
}

function lasts({ cert }: Pair, now: number): boolean {
  const { validFromDate, validToDate } = new X509Certificate(cert)
  return validFromDate.getTime() <= now && validToDate.getTime() - renewBeforeMs > now
}

function covers({ cert }: Pair, { ips, names }: LanNames): boolean {
  const certificate = new X509Certificate(cert)
  return (
    ips.every((ip) => certificate.checkIP(ip) !== undefined) &&
    names.every((name) => certificate.checkHost(name) !== undefined)
  )
}

function issued(authority: Pair, { cert }: Pair): boolean {
  const issuer = new X509Certificate(authority.cert)
  const certificate = new X509Certificate(cert)
  return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

/** Null where a file is missing or no certificate: then a new pair takes its place. */
async function readPair(folder: string, name: string): Promise<Pair | null> {
  try {
    const [cert, key] = await Promise.all(
      [`${name}.crt`, `${name}.key`].map((file) => readFile(join(folder, file), 'utf8')),
    )
    if (!cert || !key) return null
    new X509Certificate(cert)
    return { cert, key }
  } catch {
    return null
  }
}

async function writePair(folder: string, name: string, pair: Pair): Promise<Pair> {
  await writePrivate(join(folder, `${name}.key`), pair.key)
  await writePrivate(join(folder, `${name}.crt`), pair.cert)
  return pair
}

/** Whole or not at all, readable by the owner only. */
async function writePrivate(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await chmod(`${path}.new`, 0o600)
  await rename(`${path}.new`, path)
}
