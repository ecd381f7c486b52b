import { paths, type Enrolled, type PublicJwk } from '../../protocol/api.ts'
import { getMeta, putMeta } from '../store/database.ts'
import { become, type Arrival } from '../store/turns.ts'
import type { Identity } from '../store/types.ts'
import { isFull } from '../store/trouble.ts'
import type { Ask } from './ask.ts'
import type { Answer, CallProblem, EnrolInput } from './calls.ts'
import type { SyncDeps } from './deps.ts'
import { makeInstall, readEnrolled } from './renew.ts'
import { refreshScope } from './scope.ts'
import { sealAll } from './seal.ts'

/** The install and key that go with a token; the same ones again after a lost answer. */
async function prepare(
  { open, platform }: SyncDeps,
  token: string,
): Promise<{ install: string; key: PublicJwk }> {
  const before = await getMeta(open.db, 'enrolling')
  const install = before?.token === token ? before.install : platform.ids.next()
  const key = await makeInstall(open.db, install)
  await putMeta(open.db, { enrolling: { token, install } })
  return { install, key }
}

/** Private browsing and Lockdown Mode refuse to keep a CryptoKey; a browser without WebCrypto has none at all. */
function keyProblem(cause: unknown): CallProblem {
  return isFull(cause)
    ? 'storage-unavailable'
    : isKeyRefusal(cause)
      ? 'keys-unavailable'
      : 'storage-unavailable'
}

const isKeyRefusal = (cause: unknown): boolean =>
  cause instanceof TypeError ||
  (cause instanceof Error && ['DataCloneError', 'NotSupportedError', 'OperationError'].includes(cause.name))

/**
 * What is unsent under an earlier install stays as that one sealed it, unless the centre never heard of it: that is asked
 * while there is that install's key to ask with.
 */
async function unsentOf(deps: SyncDeps, ask: Ask): Promise<Arrival['unsent']> {
  if (!deps.open.identity.get()) return 'keep'
  const asked = await ask({ path: paths.scope, signed: true })
  const unknown = (await getMeta(deps.open.db, 'standing'))?.unknown
  if (!asked.ok && (unknown || asked.problem === 'install-unknown')) return 'all'
  await sealAll(deps)
  return 'keep'
}

async function settleIn(deps: SyncDeps, ask: Ask, name: string, enrolled: Enrolled): Promise<Identity> {
  const { db, identity, keeper, channel } = deps.open
  const { install, member, community, serverKey, sealKey, epoch } = enrolled
  const enrolledAt = keeper.now()
  const who: Identity = { install, member, community, name, grants: [], logbooks: [], enrolledAt }
  const unsent = await unsentOf(deps, ask)
  await become(db, { identity: who, centre: { serverKey, sealKey, epoch }, standing: {}, unsent })
  identity.set(who)
  channel.tell({ topic: 'identity' })
  return who
}

/** Enrols this browser. Key, id and token are kept until the answer has come, so that it may be repeated. */
export async function enrol(deps: SyncDeps, ask: Ask, input: EnrolInput): Promise<Answer<Identity>> {
  let prepared: { install: string; key: PublicJwk }
  try {
    await deps.open.db.ready()
    prepared = await prepare(deps, input.token)
  } catch (cause) {
    return { ok: false, problem: keyProblem(cause) }
  }
  const body = JSON.stringify({ ...input, ...prepared })
  const headers = { 'content-type': 'application/json' }
  const asked = await ask({ method: 'POST', path: paths.enrol, body, headers })
  if (!asked.ok) return asked
  const enrolled = readEnrolled(asked.reply.bytes)
  if (!enrolled || enrolled.install !== prepared.install) return { ok: false, problem: 'not-gatepost' }
  const who = await settleIn(deps, ask, input.name, enrolled)
  // Grants and logbooks come with the scope; without it the phone is enrolled all the same.
  await refreshScope(deps, ask)
  return { ok: true, value: deps.open.identity.get() ?? who }
}
