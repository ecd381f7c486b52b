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
  if (!asked.ok) return final.includes(asked.problem) ? { state: 'refused', code: asked.problem } : asked
  const reply = toText(asked.reply.bytes)
  return relayText.test(reply) ? { state: 'back', reply } : { ok: false, problem: 'not-gatepost' }
}

/** Brings every parcel to the centre that waits here for it ([RL7]); one that it can't take holds up no other. */
export async function deliver(
  { open }: SyncDeps,
  ask: Ask,
  signal: AbortSignal,
): Promise<{ ok: true } | Trouble> {
  const { db, keeper, channel } = open
  const ids = await db.carried.where('state').equals('waiting').primaryKeys()
  for (const id of ids) {
    const row = signal.aborted ? undefined : await db.carried.get(id)
    if (!row) continue
    const headers = { 'content-type': 'text/plain; charset=utf-8' }
    const asked = await ask({ method: 'POST', path: paths.carry, body: row.text, headers, signal })
    const change = changeOf(asked)
    if ('ok' in change) return change
    await db.carried.update(id, { ...change, at: keeper.corrected() })
    channel.tell({ topic: 'carried' })
  }
  return { ok: true }
}
