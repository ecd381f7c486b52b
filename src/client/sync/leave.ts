import { paths } from '../../protocol/api.ts'
import { withReopen } from '../store/trouble.ts'
import { hasUnsent, wipe } from '../store/wipe.ts'
import type { Ask } from './ask.ts'
import type { Left } from './calls.ts'
import type { SyncDeps } from './deps.ts'

const patienceMs = 10_000

/** See Calls.leave. The centre is told first, while there is a key to sign with. */
export async function leave({ open, platform }: SyncDeps, ask: Ask): Promise<Left> {
  const { db, identity, channel } = open
  try {
    if (await withReopen(db, () => hasUnsent(db))) return 'unsent'
    const told = await ask({ method: 'POST', path: paths.leave, signed: true, timeoutMs: patienceMs })
    if (!(await withReopen(db, () => wipe(db)))) return 'unsent'
    platform.mirror.write('')
    identity.set(null)
    channel.tell({ topic: 'identity' })
    return told.ok ? 'told' : 'untold'
  } catch {
    return 'failed'
  }
}
