import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { Config } from '../config.ts'
import { codeOf, dataFailure, Failure, step } from './failures.ts'

/** What HTTPS needs, both PEM; absent: plain HTTP. */
export interface Certificates {
  tls: { cert: string; key: string } | undefined
  /** With `--lan`: what phones have to trust. */
  lan: { authority: string } | undefined
}

/** The operator's certificate, one of our own for this network, or none. `now`: ms. */
export async function certificates(config: Config, now: number): Promise<Certificates> {
  if (config.tls) return { tls: await ownPair(config.tls), lan: undefined }
  if (!config.lan) return { tls: undefined, lan: undefined }
  const { lanTls, lanNames } = await import('../tls/index.ts')
  const names = lanNames()
  const made = await step(dataFailure(config.data), () => lanTls(join(config.data, 'tls'), names, now))
  return { tls: made.server, lan: { authority: made.authority.cert } }
}

async function ownPair(files: { cert: string; key: string }) {
  const [cert, key] = await Promise.all([textOf(files.cert), textOf(files.key)])
  await step(
    () => new Failure('certInvalid', { file: `${files.cert}, ${files.key}` }),
    () => createSecureContext({ cert, key }),
  )
  return { cert, key }
}

const textOf = (file: string): Promise<string> =>
  step(
    (error) => new Failure('fileUnreadable', { file, code: codeOf(error) }),
    () => readFile(file, 'utf8'),
  )
