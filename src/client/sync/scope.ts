import * as v from 'valibot'
import type { InstallId, LogbookId } from '../../domain/ids.ts'
import { paths, Scope } from '../../protocol/api.ts'
import { parseJson } from '../../protocol/page.ts'
import { readPull, type PullAnswer } from '../../protocol/pull.ts'
import { toText } from '../platform/encoding.ts'
import { getMeta, getMetas, putMeta, type GatepostDb } from '../store/database.ts'
import { tellForgotten } from '../store/notes.ts'
import { becomes, forgetGone, forgetPulled } from '../store/personal.ts'
import { firstChain, type Chain, type MetaRow } from '../store/rows.ts'
import { seenOtherwise } from '../store/seenOtherwise.ts'
import { mendStanding } from '../store/tend.ts'
import { turnEpoch } from '../store/turns.ts'
import type { Identity } from '../store/types.ts'
import type { Ask, Trouble } from './ask.ts'
import type { SyncDeps } from './deps.ts'

export type Heads = Map<LogbookId, number>

/** So many cursors go with the question: an address may not be endless. */
const cursorsAtOnce = 12

/** What was known before the scope came. */
type Known = Pick<MetaRow, 'centre' | 'chain'>

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const identityOf = ({ skills: _before, ...before }: Identity, scope: Scope): Identity => ({
  ...before,
  ...(scope.skills ? { skills: scope.skills } : {}),
  member: scope.member,
  community: scope.community,
  name: scope.name,
  grants: scope.grants,
  // What a centre of an older version leaves out stays as it was known.
  logbooks: scope.logbooks.map(({ id, purpose, place, seenAs }) => ({
    ...before.logbooks.find((known) => known.id === id),
    ...{ id, purpose, place },
    ...(seenAs === undefined ? {} : { seenAs }),
  })),
})

/** [SC2]: what is here of such a logbook is of an earlier time, when it was held and perhaps seen otherwise. */
const gained = (before: Identity, after: Identity): LogbookId[] => {
  const known = new Set(before.logbooks.map(({ id }) => id))
  return after.logbooks.flatMap(({ id }) => (known.has(id) ? [] : [id]))
}

/**
 * The centre has more of this install than it ever made: the storage was lost and restored from earlier, or lives
 * twice. To go on under the same identity would fork the chain.
 */
async function wentBack({ open }: SyncDeps, received: number, chain: Chain): Promise<boolean> {
  const last = await open.db.own.orderBy('n').lastKey()
  const highest = Math.max(typeof last === 'number' ? last : 0, chain.sealedThrough)
  return received > highest - chain.counterBase
}

/** A new epoch, or a storage that went back, gives the push something to do. */
async function takeEpoch(deps: SyncDeps, { epoch, received }: Scope, known: Known): Promise<void> {
  const { db, channel } = deps.open
  const turned = known.centre?.epoch !== epoch && (await turnEpoch(db, epoch))
  if (!turned && !(await wentBack(deps, received, known.chain ?? firstChain))) return
  if (!turned) await mendStanding(db, { renew: 'storage-lost' })
  channel.tell({ topic: 'sent' })
  channel.tell({ topic: 'identity' })
}

/** [SC3]: a phone that was enrolled before there was such a key learns it here. */
async function takeSealKey(db: GatepostDb, { sealKey }: Scope, { centre }: Known): Promise<void> {
  if (!centre || !sealKey || centre.sealKey?.kid === sealKey.kid) return
  // A pull may have turned the epoch meanwhile.
  await db.transaction('rw', db.meta, async () => {
    const now = await getMeta(db, 'centre')
    if (now) await putMeta(db, { centre: { ...now, sealKey } })
  })
}

/**
 * Takes what a scope says to heart: who this is, the epoch, logbooks that are gone, a storage that went back. False, and
 * nothing was taken, where the phone is no longer the install that asked.
 */
async function takeIn(deps: SyncDeps, scope: Scope, asker: InstallId): Promise<boolean> {
  const { db, channel, identity, keeper } = deps.open
  const known = await getMetas(db, 'identity', 'centre', 'chain', 'standing')
  const { identity: before, standing } = known
  if (before?.install !== asker) return false
  const after = identityOf(before, scope)
  if (!same(before, after)) {
    const anew = [...seenOtherwise(before, after), ...gained(before, after)]
    if (!(await becomes(db, after, anew))) return false
    for (const logbook of anew) channel.tell({ topic: 'pulled', logbook })
    // What was held for a logbook that this phone now holds may be there.
    await db.meta.delete('asked')
    identity.set(after)
    channel.tell({ topic: 'identity' })
  }
  await takeSealKey(db, scope, known)
  await takeEpoch(deps, scope, known)
  if (standing?.revoked || standing?.unknown || standing?.tooOld)
    await mendStanding(db, { revoked: undefined, unknown: undefined, tooOld: undefined })
  await dropAllBut(deps, after.logbooks)
  await putMeta(db, { contact: { at: keeper.now() } })
  return true
}

/** Takes logbooks off the phone that the scope no longer names, as soon as nothing unsent waits for them ([SC2]). */
export async function dropGone(deps: SyncDeps): Promise<void> {
  const identity = await getMeta(deps.open.db, 'identity')
  if (identity) await dropAllBut(deps, identity.logbooks)
}

async function dropAllBut({ open }: SyncDeps, held: Identity['logbooks']): Promise<void> {
  const gone = await forgetGone(
    open.db,
    held.map(({ id }) => id),
  )
  for (const logbook of gone) open.channel.tell({ topic: 'pulled', logbook })
}

const refusals: readonly Trouble['problem'][] = ['install-unknown', 'version-unsupported', 'install-revoked']

/** The centre has refused this install, whatever was asked: the scope is to be asked for, and treats it accordingly. */
export const isRefusal = ({ problem }: Trouble): boolean => refusals.includes(problem)

/** What a refusal says about this install; its data is treated accordingly ([AU3]). Nothing of one that came after it. */
async function takeRefusal({ open }: SyncDeps, trouble: Trouble, asker: InstallId): Promise<void> {
  const { db, channel } = open
  const { problem } = trouble
  if (!isRefusal(trouble) || (await getMeta(db, 'identity'))?.install !== asker) return
  if (problem === 'install-unknown') await mendStanding(db, { unknown: true })
  if (problem === 'version-unsupported') await mendStanding(db, { tooOld: true })
  if (problem === 'install-revoked') {
    await mendStanding(db, { revoked: true })
    tellForgotten(channel, await forgetPulled(db, 'all'))
  }
  channel.tell({ topic: 'identity' })
}

/** What is asked along with the scope ([SC4]). */
interface Along {
  /** Of logbooks; the first of them before all. */
  cursors: readonly string[]
  /** Has the news before anything else is written: somebody waits for it. */
  takeNews(news: PullAnswer[]): Promise<void>
  signal?: AbortSignal
}

const nothing: Along = { cursors: [], takeNews: async () => undefined }

/** Asks for the scope ([SC1]) and takes it in; gives the heads of its logbooks. */
export async function refreshScope(
  deps: SyncDeps,
  ask: Ask,
  { cursors, takeNews, signal }: Along = nothing,
): Promise<{ ok: true; heads: Heads } | Trouble> {
  const query = new URLSearchParams(cursors.slice(0, cursorsAtOnce).map((cursor) => ['after', cursor]))
  const path = cursors.length > 0 ? `${paths.scope}?${query}` : paths.scope
  const asker = deps.open.identity.get()?.install ?? ''
  const asked = await ask({ path, signed: true, ...(signal ? { signal } : {}) })
  if (!asked.ok) {
    await takeRefusal(deps, asked, asker)
    return asked
  }
  const scope = v.safeParse(Scope, parseJson(toText(asked.reply.bytes)))
  if (!scope.success) return { ok: false, problem: 'not-gatepost' }
  const { news = [], logbooks } = scope.output
  await takeNews(news.flatMap((text) => readPull(text) ?? []))
  if (!(await takeIn(deps, scope.output, asker))) return { ok: false, problem: 'token-missing' }
  return { ok: true, heads: new Map(logbooks.map(({ id, head }) => [id, head])) }
}
