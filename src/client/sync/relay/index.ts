import { liveQuery } from 'dexie'
import { relayMaxBytes } from '../../../protocol/relay/frame.ts'
import { getMeta } from '../../store/database.ts'
import { keepCarried, readRelay } from '../../store/relay.ts'
import type { CarriedRow } from '../../store/rows.ts'
import type { SyncDeps } from '../deps.ts'
import { createCollector } from './collect.ts'
import { kindOfText } from './jwe.ts'
import { packOwn, takeReceipt } from './origin.ts'
import { idOf, markOf, showing } from './show.ts'
import type { Carried, Relay, Taken } from './types.ts'

/** A parcel of somebody else's: it is kept until the centre has it. */
async function takeParcel({ open }: SyncDeps, text: string, kid: string): Promise<Taken> {
  const { db, keeper, channel } = open
  if ((await getMeta(db, 'centre'))?.sealKey?.kid !== kid) return { what: 'strange' }
  const id = await idOf(text)
  if (await db.relayed.get(id)) return { what: 'own' }
  const kept = await keepCarried(db, { id, text, state: 'waiting', at: keeper.corrected() })
  if (kept === 'full') return { what: 'full' }
  channel.tell({ topic: 'carried' })
  const row = await db.carried.get(id)
  return { what: 'parcel', id, mark: markOf(id), again: kept === 'again', back: row?.state === 'back' }
}

async function takeText(deps: SyncDeps, text: string): Promise<Taken> {
  const trimmed = text.length > relayMaxBytes * 2 ? '' : text.trim()
  const kind = kindOfText(trimmed)
  if (!kind) return { what: 'unreadable' }
  return kind.what === 'parcel' ? takeParcel(deps, trimmed, kind.kid) : takeReceipt(deps, trimmed, kind.to)
}

/** See Relay. Loaded when somebody first opens its screens. */
export function createRelay(deps: SyncDeps): Relay {
  const { db, keeper } = deps.open
  const offMs = () => keeper.corrected() - keeper.now()
  const shown = ({ id, state, code, at }: CarriedRow): Carried => ({
    ...{ id, mark: markOf(id), state, at: at - offMs() },
    ...(code ? { code } : {}),
  })
  return {
    state: liveQuery(async () => {
      const { carried, ...rest } = await readRelay(db)
      return { ...rest, carried: carried.sort((a, b) => b.at - a.at).map(shown) }
    }),
    pack: (how, again = false) => packOwn(deps, how, again),
    handed: async (id) => void (await db.relayed.update(id, { handed: true })),
    async receipt(id) {
      const reply = (await db.carried.get(id))?.reply
      return reply === undefined ? null : showing(reply, markOf(id), 0)
    },
    drop: (id) => Promise.resolve(db.carried.delete(id)),
    collect: () => createCollector(deps, (text) => takeText(deps, text)),
    takeText: (text) => takeText(deps, text),
  }
}
