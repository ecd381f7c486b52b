import 'reflect-metadata'
import { AsnConvert } from '@peculiar/asn1-schema'
import { GeneralName, GeneralSubtree, GeneralSubtrees, NameConstraints } from '@peculiar/asn1-x509'
import * as x509 from '@peculiar/x509'
import { privateNames, privateRanges, type LanNames } from './addresses.ts'

/** A certificate with its key, both PEM. */
export interface Pair {
  cert: string
  key: string
}

const dayMs = 86_400_000
const authorityDays = 3650
/** Apple refuses server certificates that live longer than 398 days. */
const serverDays = 397

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Constrained to private names and addresses, so that trusting it gives nobody power over other sites. */
function constraints(): x509.Extension {
  const names = privateNames.map((dNSName) => new GeneralName({ dNSName }))
  const ips = privateRanges.map((iPAddress) => new GeneralName({ iPAddress }))
  const subtrees = [...names, ...ips].map((base) => new GeneralSubtree({ base }))
  const value = new NameConstraints({ permittedSubtrees: new GeneralSubtrees(subtrees) })
  return new x509.Extension('2.5.29.30', true, AsnConvert.serialize(value))
}

const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

type Key = Awaited<ReturnType<typeof newKeys>>['privateKey']

async function pairOf(certificate: x509.X509Certificate, key: Key): Promise<Pair> {
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', key)
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') }
}

/** Makes an authority for ten years. `now`: ms. */
export async function makeAuthority(now: number): Promise<Pair> {
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Gatepost local authority ${new Date(now).toISOString().slice(0, 10)}`,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(now + authorityDays * dayMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      constraints(),
    ],
  })
  return pairOf(certificate, keys.privateKey)
}

/** A server certificate for these names, signed by the authority. `now`: ms. */
export async function makeServer(authority: Pair, { ips, names }: LanNames, now: number): Promise<Pair> {
  const keys = await newKeys()
  const issuer = new x509.X509Certificate(authority.cert)
  const pkcs8 = x509.PemConverter.decodeFirst(authority.key)
  const signingKey = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign'])
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Gatepost',
    issuer: issuer.subject,
    notBefore: new Date(now - dayMs),
    notAfter: new Date(Math.min(now + (serverDays - 1) * dayMs, issuer.notAfter.getTime())),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        ...names.map((value) => ({ type: 'dns', value }) as const),
        ...ips.map((value) => ({ type: 'ip', value }) as const),
      ]),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return pairOf(certificate, keys.privateKey)
}
