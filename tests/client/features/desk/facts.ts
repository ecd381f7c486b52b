import type { Draft, Fact } from '../../../../src/domain/entry.ts'
import type { Doc } from '../../../../src/domain/entry.ts'
import { kinds } from '../../../../src/domain/kinds/index.ts'
import { Post } from '../../../../src/domain/kinds/post.ts'
import { logbookId } from '../../../../src/domain/logbooks.ts'
import { absorb, emptyLedger, type Ledger } from '../../../../src/domain/rules/ledger.ts'
import { gateSettings } from '../../../../src/domain/rules/gate.ts'
import { sampleNeighbourhood } from '../../../../src/domain/sample/index.ts'
import type { Gate } from '../../../../src/client/features/desk/shared/town.ts'
import * as v from 'valibot'

export const community = '0190a000-0000-7000-8000-000000000001'
export const zone = 'Asia/Shanghai'
export const now = Date.UTC(2026, 10, 22, 7, 34)
export const drafts = sampleNeighbourhood({ seed: 11, community, zone, now })

export const asFact = (draft: Draft, seq: number): Fact => ({
  ...{ id: draft.id ?? '', kind: draft.kind, v: 1, logbook: draft.logbook, body: draft.body },
  ...{ at: draft.at ?? 0, deviceAt: draft.at ?? 0, by: community, seq },
  ...{ flags: [], state: 'sent', mine: false },
})

export const asDoc = (draft: Draft): Doc => ({
  ...{ kind: draft.kind, id: draft.record ?? '', logbook: draft.logbook, body: draft.body },
  ...{ seq: 1, at: now, removed: false, state: 'sent', lost: [] },
})

/** The sample's gate logbooks as the desk holds them. */
export function sampleBooks(): Map<string, Ledger> {
  const books = new Map<string, Ledger>()
  drafts.forEach((draft, seq) => {
    if (kinds.passage.logbook !== draft.logbook.split('/')[0]) return
    const ledger = books.get(draft.logbook) ?? emptyLedger()
    absorb(ledger, [asFact(draft, seq)])
    books.set(draft.logbook, ledger)
  })
  return books
}

export const sampleGates: Gate[] = drafts.flatMap((draft): Gate[] => {
  const post = v.safeParse(Post, draft.body)
  if (draft.kind !== 'post' || !post.success || post.output.type !== 'gate') return []
  const { name, place, gate } = post.output
  const settings = gateSettings(gate)
  const logbook = logbookId('gate', place)
  return [{ id: draft.record ?? '', name, compound: place, compoundName: '', settings, logbook }]
})
