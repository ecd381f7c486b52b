import { paths } from '../../../protocol/api.ts'
import { relayText } from '../../../protocol/relay/text.ts'
import { toText } from '../../platform/encoding.ts'
import type { CarriedRow } from '../../store/rows.ts'
import type { Ask, Asked, Trouble } from '../ask.ts'
import type { SyncDeps } from '../deps.ts'

/** What another try can't mend: the centre has judged. Its phone still has everything, and hands it over anew. */
const final: readonly Trouble['problem'][] = [
  'parcel-unreadable',
  'page-unreadable',
  'bad-request',
  'signature-invalid',
  'install-unknown',
  'version-unsupported',
  'too-large',
]

/** What an answer makes of a parcel; the trouble where it says nothing about it. */
function changeOf(asked: Asked): Pick<CarriedRow, 'state' | 'reply' | 'code'> | Trouble {
  if (!asked.ok)
    return final.includes(asked.problem) && !asked.byStatus
      ? { state: 'refused', code: asked.problem }
      : asked
  const reply = toText(asked.reply.bytes)
  return relayText.test(reply) ? { state: 'back', reply } : { ok: false, problem: 'not-gatepost' }
}

/** A large parcel gets as long as the centre gives it, two minutes, ms. */
const patience = (letters: number): number => 60_000 + letters / 200

/** These say that nothing more is to come for now. */
const later: readonly Trouble['problem'][] = ['busy', 'too-many']

/** Small ones first, so that a slow line brings as many as it can. */
async function waiting(db: SyncDeps['open']['db']): Promise<string[]> {
  const sizes: { id: string; size: number }[] = []
  await db.carried
    .where('state')
    .equals('waiting')
    .each(({ id, text }) => sizes.push({ id, size: text.length }))
  return sizes.sort((a, b) => a.size - b.size).map(({ id }) => id)
}

/**
 * Brings every parcel to the centre that waits here for it ([RL7]). One that it can't take, or that doesn't get through,
 * holds up no other; the first trouble is answered at the end.
 */
export async function deliver(
  { open }: { open: Pick<SyncDeps['open'], 'db' | 'keeper' | 'channel'> },
  ask: Ask,
  signal: AbortSignal,
): Promise<{ ok: true } | Trouble> {
  const { db, keeper, channel } = open
  let trouble: Trouble | null = null
  for (const id of await waiting(db)) {
    const row = signal.aborted ? undefined : await db.carried.get(id)
    if (!row) continue
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    const timeoutMs = patience(row.text.length)
    const asked = await ask({ method: 'POST', path: paths.carry, body: row.text, headers, timeoutMs, signal })
    const change = changeOf(asked)
    if ('ok' in change) {
      trouble ??= change
      if (later.includes(change.problem)) break
      continue
    }
    await db.carried.update(id, { ...change, at: keeper.corrected() })
    channel.tell({ topic: 'carried' })
  }
  return trouble ?? { ok: true }
}
